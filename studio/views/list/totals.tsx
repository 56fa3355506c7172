import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import { type Group, isRough } from '../../api/records.js'
import { useAmountGroups } from '../amounts.js'
import type { Column } from './columns.js'
import type { ListState } from './list-state.js'

interface TotalsProps {
  object: ObjectModel
  state: ListState
  columns: readonly Column[]
  total: number | undefined
}

const mostSums = 2

/** Count and sums over every record that matches, whatever is loaded; amounts in different currencies stay apart. Many are summed only on request. */
export function Totals({ object, state, columns, total }: TotalsProps) {
  const { t } = useTranslation()
  const amounts = columns
    .map(column => column.field)
    .filter(field => field.type.name === 'money')
    .slice(0, mostSums)
  const [asked, setAsked] = useState<string>()
  const question = JSON.stringify([state.where, state.search])
  return (
    <footer className="totals" aria-live="polite">
      <span className="num">{total === undefined ? ' ' : t(isRough(total) ? 'list.about' : 'list.count', { count: total })}</span>
      {isRough(total) && asked !== question && amounts.length > 0 ? (
        <Button type="link" size="small" onClick={() => setAsked(question)}>
          {t('list.sumAll')}
        </Button>
      ) : (
        total !== undefined &&
        amounts.map(field => (
          <AmountTotal key={field.name} object={object} state={state} field={field} withAverage={amounts.length === 1} />
        ))
      )}
    </footer>
  )
}

interface AmountTotalProps {
  object: ObjectModel
  state: ListState
  field: FieldModel
  withAverage: boolean
}

function AmountTotal({ object, state, field, withAverage }: AmountTotalProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const groups = useAmountGroups(object, state, field)
  if (groups.length === 0) return null
  const text = (value: unknown, group: Group) =>
    field.type.format(value, field.definition, { ...app, currency: String(group.keys?.[0] ?? '') || app.currency })
  const [first] = groups
  return (
    <>
      <span>
        <span className="quiet">{t('list.sum', { name: label(field.label) })}</span>{' '}
        <span className="num">{groups.map(group => text(group.sum?.[field.name], group)).join(' · ')}</span>
      </span>
      {withAverage && groups.length === 1 && first && (
        <span>
          <span className="quiet">{t('list.average')}</span> <span className="num">{text(rounded(first.avg?.[field.name]), first)}</span>
        </span>
      )}
    </>
  )
}

const rounded = (value: string | null | undefined): string | null => value?.replace(/(\.\d{2})\d+$/, '$1') ?? null
