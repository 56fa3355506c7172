import { Checkbox, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../api/app.js'
import type { FilterValueProps, InputProps } from './face.js'
import { inputState } from './text-input.js'

/** A box to tick, with the field's name as its sentence. */
export function BooleanInput(props: InputProps) {
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

/** The yes or no of a condition. */
export function BooleanFilterValue({ value, onChange }: FilterValueProps) {
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
