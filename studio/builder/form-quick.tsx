import { quickFields } from '@tessera/platform/forms/form-schema.js'
import { seenFields } from '@tessera/platform/model/seen.js'
import { Select } from 'antd'
import { X } from 'lucide-react'
import { IconButton } from '../ui/small.js'
import { SortableList } from '../ui/sortable-list.js'
import { useFormDesign } from './form-design.js'
import { putQuick, takeQuick } from './form-edits.js'
import { Property } from './property.js'

const most = 20

/** The fields that quick create asks for, in their order. */
export function FormQuick() {
  const { form, object, edit, t, titleOf } = useFormDesign()
  if (!object) return null
  const names = form.quick ?? []
  const title = (name: string) => titleOf({ kind: 'field', name })
  const usual = quickFields(undefined, object)
  const free = seenFields(object).filter(
    field => field.writable && (!field.system || field.name === 'owner') && !names.includes(field.name),
  )
  return (
    <div className="scroll-page">
      <div className="object-settings form-quick">
        <p className="field-help">{t('formDesigner.quickHelp')}</p>
        {names.length === 0 ? (
          <p>{t('formDesigner.quickUsual', { names: usual.map(title).join(t('listed')) })}</p>
        ) : (
          <SortableList
            items={names.map(id => ({ id, title: title(id) }))}
            label={t('formDesigner.quick')}
            className="field-rows"
            onMove={(name, to) => edit(`quick ${name}`, now => putQuick(now, name, to))}
          >
            {(item, handle) => (
              <div className="field-row">
                {handle}
                <span className="grow cut">{item.title}</span>
                <IconButton
                  icon={X}
                  label={t('formDesigner.quickRemove', { name: item.title })}
                  onClick={() => edit(`quick ${item.id}`, now => takeQuick(now, item.id))}
                />
              </div>
            )}
          </SortableList>
        )}
        {names.length < most && (
          <Property id="quick-add" label={t('formDesigner.quickAdd')}>
            <Select
              id="quick-add"
              showSearch={{ optionFilterProp: 'label' }}
              value={null}
              placeholder={t('formDesigner.quickChoose')}
              onChange={(name: string) => edit(`quick ${name}`, now => putQuick(now, name, names.length))}
              style={{ width: '100%' }}
              options={free.map(({ name }) => ({ value: name, label: title(name) }))}
            />
          </Property>
        )}
      </div>
    </div>
  )
}
