import { color as colorType } from '@tessera/platform/fields/color.js'
import { Palette } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { DisplayProps, FieldFace, InputProps } from './face.js'
import { TextFilterValue, TextInput } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'
import { text } from './text.js'

function ColorDisplay({ field, record, place }: DisplayProps) {
  const value = record[field.key]
  if (typeof value !== 'string' || value === '') return <Nothing place={place} />
  return (
    <span className="color-value">
      <span className="color-swatch" style={{ background: value }} aria-hidden />
      <span className="num">{value}</span>
    </span>
  )
}

/** A colour picked in the browser's own palette or typed. */
function ColorInput(props: InputProps) {
  const { t } = useTranslation()
  const { value, onChange, onBlur, disabled, field } = props
  const read = (typed: unknown) => {
    const parsed = typeof typed === 'string' ? colorType.parse(typed, field.definition) : { value: typed }
    onChange('value' in parsed && typeof typed === 'string' && typed.length === 7 ? parsed.value : typed)
  }
  return (
    <span className="color-input">
      <input
        type="color"
        aria-label={t('color.pick')}
        disabled={disabled === true}
        value={typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value) ? value : '#888888'}
        onChange={event => onChange(event.target.value)}
      />
      <TextInput {...props} onChange={read} onBlur={onBlur} placeholder="#1677ff" />
    </span>
  )
}

export const color: FieldFace = {
  ...text,
  icon: Palette,
  width: 110,
  Display: ColorDisplay,
  Input: ColorInput,
  filters: ['eq', 'ne', 'isNull'],
  FilterValue: TextFilterValue,
}
