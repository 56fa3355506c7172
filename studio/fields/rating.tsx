import { starsOf } from '@tessera/platform/fields/rating.js'
import { Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { DisplayProps, FieldFace } from './face.js'
import { NumberFilterValue, RatingInput } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'

function RatingDisplay({ field, record, place }: DisplayProps) {
  const { t } = useTranslation()
  const value = record[field.key]
  if (typeof value !== 'number') return <Nothing place={place} />
  const of = starsOf(field.definition)
  return (
    <span className="stars" role="img" aria-label={t('rating.stars', { count: value, of })}>
      {'★'.repeat(value)}
      <span className="stars-rest">{'★'.repeat(Math.max(of - value, 0))}</span>
    </span>
  )
}

export const rating: FieldFace = {
  icon: Star,
  width: 110,
  Display: RatingDisplay,
  Input: RatingInput,
  filters: ['gte', 'eq', 'lte', 'isNull'],
  FilterValue: NumberFilterValue,
  card: 'line',
}
