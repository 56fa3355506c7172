import { isMarkdown } from '@tessera/platform/fields/long-text.js'
import { Input } from 'antd'
import { TextAlignStart } from 'lucide-react'
import { Suspense } from 'react'
import { useApp } from '../api/app.js'
import { type DisplayProps, type FieldFace, type InputProps, textOf } from './face.js'
import { Markdown, MarkdownInput } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'
import { inputState, TextFilterValue } from './text-input.js'

function LongTextDisplay({ field, record, place }: DisplayProps) {
  const app = useApp()
  const text = textOf(field, record, app)
  if (text === '') return <Nothing place={place} />
  if (place === 'record' && isMarkdown(field.definition))
    return (
      <Suspense fallback={<span className="long-text">{text}</span>}>
        <Markdown text={String(record[field.key])} />
      </Suspense>
    )
  if (place === 'record') return <span className="long-text">{text}</span>
  return <span className="cut">{text.split('\n')[0]}</span>
}

const PlainInput = (props: InputProps) => (
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

const LongTextInput = (props: InputProps) => (isMarkdown(props.field.definition) ? <MarkdownInput {...props} /> : <PlainInput {...props} />)

export const longText: FieldFace = {
  icon: TextAlignStart,
  width: 240,
  Display: LongTextDisplay,
  Input: LongTextInput,
  filters: ['iContains', 'isNull'],
  FilterValue: TextFilterValue,
}
