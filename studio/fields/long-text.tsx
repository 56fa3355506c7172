import { Input } from 'antd'
import { TextAlignStart } from 'lucide-react'
import { useApp } from '../api/app.js'
import { type DisplayProps, type FieldFace, type InputProps, textOf } from './face.js'
import { Nothing } from './plain-display.js'
import { inputState, TextFilterValue } from './text-input.js'

function LongTextDisplay({ field, record, place }: DisplayProps) {
  const app = useApp()
  const text = textOf(field, record, app)
  if (text === '') return <Nothing place={place} />
  if (place === 'record') return <span className="long-text">{text}</span>
  return <span className="cut">{text.split('\n')[0]}</span>
}

const LongTextInput = (props: InputProps) => (
  <Input.TextArea
    {...inputState(props)}
    autoFocus={props.inline === true}
    autoSize={{ minRows: 3, maxRows: 10 }}
    value={typeof props.value === 'string' ? props.value : ''}
    status={props.invalid ? 'error' : ''}
    onChange={event => props.onChange(event.target.value === '' ? null : event.target.value)}
    onBlur={props.onBlur}
  />
)

export const longText: FieldFace = {
  icon: TextAlignStart,
  width: 240,
  Display: LongTextDisplay,
  Input: LongTextInput,
  filters: ['iContains', 'isNull'],
  FilterValue: TextFilterValue,
}
