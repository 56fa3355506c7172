import { starsOf } from '@tessera/platform/fields/rating.js'
import { Rate } from 'antd'
import type { InputProps } from './face.js'
import { inputState } from './text-input.js'

/** Stars to choose by pointer or arrow keys; the chosen one again takes the rating away. */
export function RatingInput(props: InputProps) {
  const { field, value, onChange, onBlur, inline, disabled } = props
  return (
    <Rate
      {...inputState(props)}
      disabled={disabled === true}
      className="stars-input"
      count={starsOf(field.definition)}
      value={typeof value === 'number' ? value : 0}
      autoFocus={inline === true}
      onChange={stars => onChange(stars === 0 ? null : stars)}
      {...(onBlur ? { onBlur } : {})}
    />
  )
}
