import type { FieldModel } from '@tessera/platform/model/model.js'
import { Select } from 'antd'
import { useLabel } from '../api/app.js'
import { faceOf } from '../fields/index.js'

interface FieldAddProps {
  id: string
  label: string
  fields: readonly FieldModel[]
  onAdd: (name: string) => void
}

/** Adds a field to a list of them: found by its name, taken with a click or Enter. */
export function FieldAdd({ id, label, fields, onAdd }: FieldAddProps) {
  const text = useLabel()
  if (fields.length === 0) return null
  return (
    <Select
      id={id}
      aria-label={label}
      placeholder={label}
      showSearch={{ optionFilterProp: 'label' }}
      value={null}
      style={{ width: '100%' }}
      onChange={(name: string | null) => name !== null && onAdd(name)}
      options={fields.map(field => ({ value: field.name, label: text(field.label) || field.name }))}
      optionRender={option => {
        const field = fields.find(each => each.name === option.value)
        const Icon = field && faceOf(field).icon
        return (
          <span className="icon-line">
            {Icon && <Icon size={15} strokeWidth={1.75} aria-hidden />} {option.label}
          </span>
        )
      }}
    />
  )
}
