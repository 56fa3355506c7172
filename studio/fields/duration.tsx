import { Timer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../api/app.js'
import type { FieldFace, FilterValueProps, InputProps } from './face.js'
import { integer } from './integer.js'
import { NumberInput } from './lazy-inputs.js'

/** Reads `1:30`, `90 min`, `1小时30分` as people type them. */
function DurationInput(props: InputProps) {
  const { t } = useTranslation()
  const app = useApp()
  const { field } = props
  const unit = field.definition.unit ?? 'minutes'
  return (
    <NumberInput
      {...props}
      inputMode="text"
      placeholder={t(`duration.${unit}`)}
      shown={value => field.type.format(value, field.definition, app) || value}
    />
  )
}

function DurationFilterValue({ id, field, operator, value, onChange }: FilterValueProps) {
  if (operator !== 'between') return <DurationInput id={id} field={field} value={value} record={{}} onChange={onChange} inline />
  const [from, to] = Array.isArray(value) ? value : [null, null]
  return (
    <div className="pair">
      <DurationInput id={id} field={field} value={from} record={{}} onChange={changed => onChange([changed, to])} inline />
      <span aria-hidden>–</span>
      <DurationInput id={`${id}-to`} field={field} value={to} record={{}} onChange={changed => onChange([from, changed])} />
    </div>
  )
}

export const duration: FieldFace = {
  ...integer,
  icon: Timer,
  width: 110,
  Input: DurationInput,
  filters: ['gte', 'lte', 'between', 'isNull'],
  FilterValue: DurationFilterValue,
}
