import { CircleDot } from 'lucide-react'
import { useApp } from '../api/app.js'
import { OptionTag } from '../ui/tag.js'
import { choicesText } from './choices.js'
import { type DisplayProps, type FieldFace, textOf } from './face.js'
import { ChoiceFilterValue, ChoiceInput } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'

function SelectDisplay({ field, record, place }: DisplayProps) {
  const app = useApp()
  const value = record[field.key]
  if (typeof value !== 'string' || value === '') return <Nothing place={place} />
  const option = field.definition.options?.find(each => each.value === value)
  return <OptionTag label={textOf(field, record, app)} color={option?.color as string | undefined} />
}

export const select: FieldFace = {
  icon: CircleDot,
  width: 128,
  Display: SelectDisplay,
  Input: ChoiceInput,
  filters: ['in', 'notIn', 'isNull'],
  FilterValue: ChoiceFilterValue,
  card: 'tag',
  valueText: choicesText,
}
