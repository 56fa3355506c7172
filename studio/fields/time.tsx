import { Clock } from 'lucide-react'
import type { FieldFace, FilterValueProps, InputProps } from './face.js'
import { TextInput } from './lazy-inputs.js'
import { FiguresDisplay } from './plain-display.js'

const shown = (value: unknown): string => (typeof value === 'string' ? value.replace(/^(\d\d:\d\d):00$/, '$1') : '')
const whole = (value: unknown): unknown => (typeof value === 'string' && /^\d\d:\d\d$/.test(value) ? `${value}:00` : value)

/** The browser's own input of times, which phones and keyboards know. */
const TimeInput = (props: InputProps) => (
  <TextInput {...props} type="time" value={shown(props.value)} onChange={value => props.onChange(whole(value))} />
)

function TimeFilterValue({ id, field, operator, value, onChange }: FilterValueProps) {
  if (operator !== 'between') return <TimeInput id={id} field={field} value={value} record={{}} onChange={onChange} inline />
  const [from, to] = Array.isArray(value) ? value : [null, null]
  return (
    <div className="pair">
      <TimeInput id={id} field={field} value={from} record={{}} onChange={changed => onChange([changed, to])} inline />
      <span aria-hidden>–</span>
      <TimeInput id={`${id}-to`} field={field} value={to} record={{}} onChange={changed => onChange([from, changed])} />
    </div>
  )
}

export const time: FieldFace = {
  icon: Clock,
  width: 84,
  Display: FiguresDisplay,
  Input: TimeInput,
  filters: ['gte', 'lte', 'between', 'eq', 'isNull'],
  FilterValue: TimeFilterValue,
  card: 'line',
}
