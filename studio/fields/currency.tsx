import { Coins } from 'lucide-react'
import type { FieldFace } from './face.js'
import { CurrencyFilterValue, CurrencyInput } from './lazy-inputs.js'
import { text } from './text.js'

export const currency: FieldFace = {
  ...text,
  icon: Coins,
  width: 96,
  Input: CurrencyInput,
  filters: ['in', 'notIn', 'isNull'],
  FilterValue: CurrencyFilterValue,
  valueText: value => (Array.isArray(value) ? value.join(', ') : undefined),
}
