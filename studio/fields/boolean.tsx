import { Checkbox, Radio } from 'antd'
import { Check, SquareCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../api/app.js'
import type { DisplayProps, FieldFace, FilterValueProps, InputProps } from './face.js'
import { inputState } from './text-input.js'

function BooleanDisplay({ field, record, place }: DisplayProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const value = record[field.key]
  if (place === 'card') return value === true ? <span className="tag quiet-tag">{label(field.label)}</span> : null
  if (place === 'cell') return value === true ? <Check size={15} aria-label={t('yes')} /> : null
  return <span>{value === null || value === undefined ? '' : t(value === true ? 'yes' : 'no')}</span>
}

function BooleanInput(props: InputProps) {
  const label = useLabel()
  return (
    <Checkbox
      {...inputState(props)}
      checked={props.value === true}
      autoFocus={props.inline === true}
      onChange={event => props.onChange(event.target.checked)}
      onBlur={props.onBlur}
    >
      {label(props.field.label)}
    </Checkbox>
  )
}

function BooleanFilterValue({ value, onChange }: FilterValueProps) {
  const { t } = useTranslation()
  return (
    <Radio.Group
      value={value === true || value === 'true'}
      onChange={event => onChange(event.target.value)}
      options={[
        { value: true, label: t('yes') },
        { value: false, label: t('no') },
      ]}
    />
  )
}

export const boolean: FieldFace = {
  icon: SquareCheck,
  width: 72,
  Display: BooleanDisplay,
  Input: BooleanInput,
  filters: ['eq', 'isNull'],
  FilterValue: BooleanFilterValue,
  card: 'tag',
}
