import { Type } from 'lucide-react'
import type { FieldFace } from './face.js'
import { TextDisplay } from './plain-display.js'
import { TextFilterValue, TextInput } from './text-input.js'

export const text: FieldFace = {
  icon: Type,
  width: 180,
  Display: TextDisplay,
  Input: TextInput,
  filters: ['iContains', 'eq', 'startsWith', 'isNull'],
  FilterValue: TextFilterValue,
  card: 'line',
}
