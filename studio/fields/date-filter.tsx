import { Select } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../ui/small.js'
import type { FilterValueProps } from './face.js'
import { spans, spanText } from './spans.js'

const Bounds = lazy(() => import('./date-picker.js').then(module => ({ default: module.DateBounds })))

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
