import { Hash } from 'lucide-react'
import type { FieldFace } from './face.js'
import { NumberFilterValue, PlainNumberInput } from './lazy-inputs.js'
import { FiguresDisplay } from './plain-display.js'

export const integer: FieldFace = {
  icon: Hash,
  width: 100,
  align: 'right',
  Display: FiguresDisplay,
  Input: PlainNumberInput,
  filters: ['eq', 'gte', 'lte', 'between', 'isNull'],
  FilterValue: NumberFilterValue,
  card: 'line',
}
