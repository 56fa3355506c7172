import { Bookmark } from 'lucide-react'
import { OptionTag } from '../ui/tag.js'
import type { DisplayProps, FieldFace } from './face.js'
import { TagsFilterValue, TagsInput } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'

function TagsDisplay({ field, record, place }: DisplayProps) {
  const value = record[field.key]
  if (!Array.isArray(value) || value.length === 0) return <Nothing place={place} />
  const shown = place === 'record' ? value : value.slice(0, place === 'card' ? 3 : 2)
  return (
    <span className={place === 'record' ? 'tags wrap' : 'tags'}>
      {shown.map(tag => (
        <OptionTag key={String(tag)} label={String(tag)} />
      ))}
      {value.length > shown.length && <span className="quiet num">+{value.length - shown.length}</span>}
    </span>
  )
}

export const tags: FieldFace = {
  icon: Bookmark,
  width: 180,
  Display: TagsDisplay,
  Input: TagsInput,
  filters: ['hasAny', 'hasAll', 'hasNone', 'isNull'],
  FilterValue: TagsFilterValue,
  card: 'tag',
  valueText: (value, _field, app) => (Array.isArray(value) ? value.join(app.locale === 'zh-CN' ? '、' : ', ') : undefined),
}
