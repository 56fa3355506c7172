import { useVirtualizer } from '@tanstack/react-virtual'
import { formatShortMoney } from '@tessera/platform/fields/reading.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { recordPath } from '../../api/addresses.js'
import { CurrencySight, useApp, useLabel } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import { isRough, type RecordValues } from '../../api/records.js'
import { textContext, textOf } from '../../fields/face.js'
import { faceOf } from '../../fields/index.js'
import { useMixedAmounts } from '../amounts.js'
import { keepTrail } from '../trail.js'
import { columnsOf } from './columns.js'
import { CardsSkeleton } from './grid-skeleton.js'
import { useListData } from './list-data.js'
import { ListEmpty, ListFailed } from './list-empty.js'
import { ListNewsNote } from './list-news.js'
import type { ListState } from './list-state.js'

/** The parts of a card, taken from the columns of the list by what their types are. */
function partsOf(fields: readonly FieldModel[]) {
  const first = (card: string) => fields.find(field => faceOf(field).card === card)
  const value = first('value')
  return {
    value,
    related: fields.find(field => field.relation && field.relation.kind !== 'member'),
    tag: first('tag'),
    date: first('date'),
    person: first('person'),
  }
}

/** A list on a phone: one card for each record. */
export function ListCards({ object, state }: { object: ObjectModel; state: ListState }) {
  const label = useLabel()
  const { t } = useTranslation()
  const place = useRef<HTMLDivElement>(null)
  const fields = useMemo(
    () => columnsOf(object, state.view, {}, field => label(field.label)).map(column => column.field),
    [object, state.view, label],
  )
  const data = useListData(
    object,
    state,
    fields.map(field => field.name),
  )
  const { rows, more } = data
  const isMixed = useMixedAmounts(object, state, fields, rows, data.total)
  const cards = useVirtualizer({
    count: rows.length,
    getScrollElement: () => place.current,
    estimateSize: () => 118,
    overscan: 6,
    gap: 8,
    paddingStart: 8,
    paddingEnd: 16,
  })
  const last = cards.getVirtualItems().at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length * 0.7 - 10) more()
  })
  if (data.isFirstLoad) return <CardsSkeleton />
  if (data.error) return <ListFailed error={data.error} onRetry={data.retry} />
  if (rows.length === 0) return <ListEmpty object={object} state={state} />
  return (
    <CurrencySight mixed={isMixed}>
      <ListNewsNote news={data.news} />
      <div className="cards" ref={place}>
        <p className="sr-only" aria-live="polite">
          {t(isRough(data.total) ? 'list.about' : 'list.count', { count: data.total ?? rows.length })}
        </p>
        <ul aria-label={label(object.pluralLabel)} style={{ height: cards.getTotalSize(), position: 'relative' }}>
          {cards.getVirtualItems().map(item => {
            const record = rows[item.index]
            return record ? (
              <li
                key={record.id}
                ref={cards.measureElement}
                data-index={item.index}
                className="card-place"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <RecordCard
                  object={object}
                  record={record}
                  fields={fields}
                  onOpen={() =>
                    keepTrail(
                      object.name,
                      rows.map(row => row.id),
                      data.total,
                    )
                  }
                />
              </li>
            ) : null
          })}
        </ul>
      </div>
    </CurrencySight>
  )
}

interface RecordCardProps {
  object: ObjectModel
  record: RecordValues
  fields: readonly FieldModel[]
  onOpen: () => void
}

function RecordCard({ object, record, fields, onOpen }: RecordCardProps) {
  const app = useApp()
  const name = useAppName()
  const { t } = useTranslation()
  const [title, ...others] = fields
  const { value, related, tag, date, person } = partsOf(others)
  const Drawn = ({ field }: { field: FieldModel | undefined }) => {
    if (!field) return null
    const { Display } = faceOf(field)
    return <Display field={field} record={record} place="card" />
  }
  return (
    <Link className="record-card" to={recordPath(name, object.name, record.id)} onClick={onOpen}>
      <span className="record-card-title">
        <span className="two-lines">{(title && textOf(title, record, app)) || t('record.untitled')}</span>
        {value && record[value.key] != null && (
          <b className="num">
            {formatShortMoney(record[value.key], app.locale, textContext(app, value, record).currency, app.mixedCurrencies)}
          </b>
        )}
      </span>
      {related && <span className="record-card-related cut">{textOf(related, record, app)}</span>}
      <span className="record-card-meta">
        <Drawn field={tag} />
        {date && <span className="num quiet">{textOf(date, record, app)}</span>}
        <span className="grow" />
        {person && textOf(person, record, app) !== '' && (
          <>
            <Drawn field={person} />
            <span className="cut">{textOf(person, record, app)}</span>
          </>
        )}
      </span>
    </Link>
  )
}
