import { codes } from '@tessera/platform/fields/currency.js'
import { Select } from 'antd'
import type { FilterValueProps, InputProps } from './face.js'

const options = [...codes].map(code => ({ value: code, label: code }))

/** Chooses a currency by its code. */
export const CurrencyInput = ({ id, value, onChange, onBlur, invalid, disabled, describedBy, label, inline }: InputProps) => (
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

/** Currencies that a condition names. */
export const CurrencyFilterValue = ({ id, value, onChange }: FilterValueProps) => (
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
