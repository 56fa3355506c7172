import { Select } from 'antd'
import { Calendar } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../ui/small.js'
import type { FieldFace, FilterValueProps, InputProps } from './face.js'
import { FiguresDisplay } from './plain-display.js'
import { spans, spanText } from './spans.js'

// The calendar is the heaviest input; it comes when one is first opened.
const DatePicker = lazy(() => import('./date-picker.js'))
const Bounds = lazy(() => import('./date-picker.js').then(module => ({ default: module.DateBounds })))

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
  Display: FiguresDisplay,
  Input: DateInput,
  filters: ['within', 'between', 'gte', 'lte', 'isNull'],
  FilterValue: DateFilterValue,
  card: 'date',
}
