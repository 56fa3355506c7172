import type { FieldDefinition } from '@tessera/platform/fields/definition.js'
import { lookup } from '@tessera/platform/registry.js'
import { Checkbox } from 'antd'
import { faceOf } from '../fields/index.js'
import type { PanelField } from './panel-field.js'
import { Property } from './property.js'
import { useTexts } from './texts.js'

/** The default that is only known when a record is made, by type. */
const moving: Readonly<Record<string, string>> = { date: 'today', dateTime: 'now', user: 'currentUser' }
const none: readonly string[] = ['lookup', 'masterDetail', 'hierarchy', 'file', 'image']

/** Whether fields of a type can have a default. */
export const hasDefault = (type: string): boolean => !none.includes(type)

/** What new records begin with: a value typed as in a form, or one that is known then, such as today. */
export function DefaultInput({ field, property, id }: { field: PanelField; property: keyof FieldDefinition; id: string }) {
  const { t } = useTexts()
  const word = lookup(moving, field.definition.type)
  const value = field.definition.default
  const isMoving = word !== undefined && value === word
  const model = field.model
  if (!model || model.type.name !== field.definition.type) return null
  const { Input } = faceOf(model)
  return (
    <Property id={id} label={t('property.default')} error={field.errorAt(property)}>
      {word !== undefined && (
        <Checkbox checked={isMoving} onChange={event => field.change({ default: event.target.checked ? word : undefined })}>
          {t(`default.${word}`)}
        </Checkbox>
      )}
      {!isMoving && field.definition.type !== 'user' && (
        <Input
          id={id}
          field={model}
          record={{}}
          value={value ?? null}
          onChange={next => field.change({ default: next === null || next === '' || next === false ? undefined : next })}
          label={t('property.default')}
        />
      )}
    </Property>
  )
}
