import { Tags } from 'lucide-react'
import { useApp } from '../api/app.js'
import { OptionTag } from '../ui/tag.js'
import { choicesOf, choicesText } from './choices.js'
import type { DisplayProps, FieldFace, InputProps } from './face.js'
import { ChoiceFilterValue, ChoiceInput } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'

function MultiSelectDisplay({ field, record, place }: DisplayProps) {
  const app = useApp()
  const value = record[field.key]
  if (!Array.isArray(value) || value.length === 0) return <Nothing place={place} />
  const choices = choicesOf(field, app, value)
  const shown = place === 'record' ? value : value.slice(0, place === 'card' ? 3 : 2)
  return (
    <span className={place === 'record' ? 'tags wrap' : 'tags'}>
      {shown.map(each => {
        const choice = choices.find(known => known.value === each)
        return <OptionTag key={String(each)} label={choice?.label ?? String(each)} color={choice?.color} />
      })}
      {value.length > shown.length && <span className="quiet num">+{value.length - shown.length}</span>}
    </span>
  )
}

const MultiSelectInput = (props: InputProps) => <ChoiceInput {...props} several />

export const multiSelect: FieldFace = {
  icon: Tags,
  width: 180,
  Display: MultiSelectDisplay,
  Input: MultiSelectInput,
  filters: ['hasAny', 'hasAll', 'hasNone', 'isNull'],
  FilterValue: ChoiceFilterValue,
  card: 'tag',
  valueText: choicesText,
}
