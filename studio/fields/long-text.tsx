import { isMarkdown } from '@tessera/platform/fields/long-text.js'
import { TextAlignStart } from 'lucide-react'
import { Suspense } from 'react'
import { useApp } from '../api/app.js'
import { type DisplayProps, type FieldFace, type InputProps, textOf } from './face.js'
import { Markdown, MarkdownInput, PlainTextInput, TextFilterValue } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'

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

const LongTextInput = (props: InputProps) =>
  isMarkdown(props.field.definition) ? <MarkdownInput {...props} /> : <PlainTextInput {...props} />

export const longText: FieldFace = {
  icon: TextAlignStart,
  width: 240,
  Display: LongTextDisplay,
  Input: LongTextInput,
  filters: ['iContains', 'isNull'],
  FilterValue: TextFilterValue,
}
