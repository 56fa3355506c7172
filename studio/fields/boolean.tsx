import { Check, SquareCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../api/app.js'
import type { DisplayProps, FieldFace } from './face.js'
import { BooleanFilterValue, BooleanInput } from './lazy-inputs.js'

function BooleanDisplay({ field, record, place }: DisplayProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const value = record[field.key]
  if (place === 'card') return value === true ? <span className="tag quiet-tag">{label(field.label)}</span> : null
  if (place === 'cell') return value === true ? <Check size={15} aria-label={t('yes')} /> : null
  return <span>{value === null || value === undefined ? '' : t(value === true ? 'yes' : 'no')}</span>
}

export const boolean: FieldFace = {
  icon: SquareCheck,
  width: 72,
  Display: BooleanDisplay,
  Input: BooleanInput,
  filters: ['eq', 'isNull'],
  FilterValue: BooleanFilterValue,
  card: 'tag',
}
