import { Type } from 'lucide-react'
import type { FieldFace } from './face.js'
import { TextFilterValue, TextInput } from './lazy-inputs.js'
import { TextDisplay } from './plain-display.js'

export const text: FieldFace = {
  icon: Type,
  width: 180,
  Display: TextDisplay,
  Input: TextInput,
  filters: ['iContains', 'eq', 'startsWith', 'isNull'],
  FilterValue: TextFilterValue,
  card: 'line',
}
