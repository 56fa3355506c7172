import { TextQuote } from 'lucide-react'
import { Suspense } from 'react'
import { useApp } from '../api/app.js'
import { type DisplayProps, type FieldFace, textOf } from './face.js'
import { RichText, RichTextInput, TextFilterValue } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'

function RichTextDisplay({ field, record, place }: DisplayProps) {
  const app = useApp()
  const text = textOf(field, record, app)
  if (text === '') return <Nothing place={place} />
  if (place !== 'record') return <span className="cut">{text.split('\n')[0]}</span>
  return (
    <Suspense fallback={<span className="long-text">{text}</span>}>
      <RichText html={String(record[field.key])} />
    </Suspense>
  )
}

export const richText: FieldFace = {
  icon: TextQuote,
  width: 240,
  Display: RichTextDisplay,
  Input: RichTextInput,
  filters: ['iContains', 'isNull'],
  FilterValue: TextFilterValue,
}
