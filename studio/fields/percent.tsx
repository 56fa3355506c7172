import { Percent } from 'lucide-react'
import type { FieldFace, FilterValueProps, InputProps } from './face.js'
import { integer } from './integer.js'
import { NumberInput } from './lazy-inputs.js'

/** A share of one as per cent, exactly: the point moves two places. What is no number stays. */
export function asPercent(value: string): string {
  const parts = /^(-?)(\d*)\.?(\d*)$/.exec(value)
  if (!parts || value === '' || value === '-') return value
  const fraction = (parts[3] ?? '').padEnd(2, '0')
  const whole = `${parts[2] ?? ''}${fraction.slice(0, 2)}`.replace(/^0+(?=\d)/, '')
  const rest = fraction.slice(2).replace(/0+$/, '')
  return `${parts[1] ?? ''}${whole}${rest ? `.${rest}` : ''}`
}

const withSign = (text: string): string => (/[%％]\s*$/.test(text) ? text : `${text}%`)

const PercentInput = (props: InputProps) => <NumberInput {...props} suffix="%" shown={asPercent} completed={withSign} />

function PercentFilterValue({ id, field, operator, value, onChange }: FilterValueProps) {
  if (operator !== 'between') return <PercentInput id={id} field={field} value={value} record={{}} onChange={onChange} inline />
  const [from, to] = Array.isArray(value) ? value : [null, null]
  return (
    <div className="pair">
      <PercentInput id={id} field={field} value={from} record={{}} onChange={changed => onChange([changed, to])} inline />
      <span aria-hidden>–</span>
      <PercentInput id={`${id}-to`} field={field} value={to} record={{}} onChange={changed => onChange([from, changed])} />
    </div>
  )
}

export const percent: FieldFace = { ...integer, icon: Percent, width: 84, Input: PercentInput, FilterValue: PercentFilterValue }
