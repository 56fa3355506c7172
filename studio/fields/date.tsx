import { Select } from 'antd'
import { Calendar } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../api/app.js'
import { Skeleton } from '../ui/small.js'
import { type DisplayProps, type FieldFace, type FilterValueProps, type InputProps, textOf } from './face.js'
import { isOverdue } from './overdue.js'
import { Nothing } from './plain-display.js'
import { spans, spanText } from './spans.js'

// The calendar is the heaviest input; it comes when one is first opened.
const DatePicker = lazy(() => import('./date-picker.js'))
const Bounds = lazy(() => import('./date-picker.js').then(module => ({ default: module.DateBounds })))

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

/** A day or a moment. */
export const DateInput = (props: InputProps) => (
  <Suspense fallback={<Skeleton width="100%" height={32} />}>
    <DatePicker {...props} />
  </Suspense>
)

/** A span of days by its name, or bounds. */
export function DateFilterValue(props: FilterValueProps) {
  const { t } = useTranslation()
  if (props.operator === 'within')
    return (
      <Select
        id={props.id}
        style={{ width: '100%' }}
        value={typeof props.value === 'string' ? props.value : null}
        options={spans.map(span => ({ value: span, label: spanText(span, t) }))}
        onChange={props.onChange}
      />
    )
  return (
    <Suspense fallback={<Skeleton width="100%" height={32} />}>
      <Bounds {...props} />
    </Suspense>
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
