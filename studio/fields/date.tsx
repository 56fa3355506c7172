import { Calendar } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../api/app.js'
import { type DisplayProps, type FieldFace, textOf } from './face.js'
import { DateFilterValue, DateInput } from './lazy-inputs.js'
import { isOverdue } from './overdue.js'
import { Nothing } from './plain-display.js'

/** A day; red, and said in words, when it has passed on a record that is still open. */
function DateDisplay({ field, record, place }: DisplayProps) {
  const { t } = useTranslation()
  const app = useApp()
  const text = textOf(field, record, app)
  if (text === '') return <Nothing place={place} />
  if (!isOverdue(field, record, app)) return <span className="num cut">{text}</span>
  return (
    <span className="num cut overdue" title={t('date.overdue')}>
      {text}
      <span className="sr-only"> {t('date.overdue')}</span>
    </span>
  )
}

export const date: FieldFace = {
  icon: Calendar,
  width: 118,
  Display: DateDisplay,
  Input: DateInput,
  filters: ['within', 'between', 'gte', 'lte', 'isNull'],
  FilterValue: DateFilterValue,
  card: 'date',
}
