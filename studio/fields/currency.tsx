import { codes } from '@tessera/platform/fields/currency.js'
import { Select } from 'antd'
import { Coins } from 'lucide-react'
import type { FieldFace, FilterValueProps, InputProps } from './face.js'
import { text } from './text.js'

const options = [...codes].map(code => ({ value: code, label: code }))

const CurrencyInput = ({ id, value, onChange, onBlur, invalid, disabled, describedBy, label, inline }: InputProps) => (
  <Select
    id={id}
    style={{ width: '100%' }}
    value={typeof value === 'string' ? value : null}
    options={options}
    showSearch
    allowClear
    autoFocus={inline === true}
    defaultOpen={inline === true}
    disabled={disabled === true}
    status={invalid ? 'error' : ''}
    aria-label={label}
    aria-describedby={describedBy}
    onChange={chosen => onChange(chosen ?? null)}
    onBlur={onBlur}
  />
)

const CurrencyFilterValue = ({ id, value, onChange }: FilterValueProps) => (
  <Select
    id={id}
    mode="multiple"
    style={{ width: '100%' }}
    value={Array.isArray(value) ? value : []}
    options={options}
    onChange={chosen => onChange(chosen)}
    autoFocus
  />
)

export const currency: FieldFace = {
  ...text,
  icon: Coins,
  width: 96,
  Input: CurrencyInput,
  filters: ['in', 'notIn', 'isNull'],
  FilterValue: CurrencyFilterValue,
  valueText: value => (Array.isArray(value) ? value.join(', ') : undefined),
}
