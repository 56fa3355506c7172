import { objectDefinition } from '@tessera/platform/editing/fields.js'
import { fieldTypes } from '@tessera/platform/fields/index.js'
import { lookup } from '@tessera/platform/registry.js'
import { CircleAlert } from 'lucide-react'
import { useLabel } from '../api/app.js'
import { faceOf } from '../fields/index.js'
import { useTexts } from './texts.js'
import { typeIcon } from './type-icon.js'
import { useWorkshop } from './workshop.js'

/** The fields of an object to be read, where there is no room to change them. */
export function FieldsRead({ object }: { object: string }) {
  const { t } = useTexts()
  const label = useLabel()
  const { elements, model } = useWorkshop()
  const fields = Object.entries(objectDefinition(elements, object)?.fields ?? {})
  return (
    <ul className="rows fields-read" aria-label={t('tab.fields')}>
      {fields.map(([name, definition]) => {
        const field = lookup(lookup(model.objects, object)?.fields ?? {}, name)
        const Icon = field ? faceOf(field).icon : definition.type === 'manyToMany' ? typeIcon(definition.type) : CircleAlert
        const target = definition.to === undefined ? '' : label(lookup(model.objects, definition.to)?.label)
        return (
          <li key={name}>
            <Icon size={16} strokeWidth={1.75} aria-hidden />
            <span className="cut grow">{label(definition.label) || name}</span>
            <span className="cut quiet">
              {label(lookup(fieldTypes, definition.type)?.label) || definition.type}
              {target && ` → ${target}`}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
