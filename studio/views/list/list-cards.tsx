import { useVirtualizer } from '@tanstack/react-virtual'
import { formatShortMoney } from '@tessera/platform/fields/reading.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
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
import { CardSkeleton, CardsSkeleton } from './grid-skeleton.js'
import { type ListData, useListData } from './list-data.js'
import { ListCut, ListEmpty, ListFailed } from './list-empty.js'
import { ListNewsNote } from './list-news.js'
import { placeOf, useScrollPlace } from './list-place.js'
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
  const fields = useMemo(
    () => columnsOf(object, state.view, {}, field => label(field.label)).map(column => column.field),
    [object, state.view, label],
  )
  const names = fields.map(field => field.name)
  const data = useListData(object, state, names, cardHeight)
  const isMixed = useMixedAmounts(object, state, fields, data.rows, data.total)
  if (data.isFirstLoad) return <CardsSkeleton />
  if (data.error) return <ListFailed error={data.error} onRetry={data.retry} />
  if (data.count === 0) return <ListEmpty object={object} state={state} />
  return (
    <CurrencySight mixed={isMixed}>
      <ListNewsNote news={data.news} />
      <Cards object={object} state={state} fields={fields} data={data} />
    </CurrencySight>
  )
}

/** Most cards are as high, with the gap to the next one. */
const cardHeight = 106
const gap = 8

interface CardsProps {
  object: ObjectModel
  state: ListState
  fields: readonly FieldModel[]
  data: ListData
}

function Cards({ object, state, fields, data }: CardsProps) {
  const label = useLabel()
  const { t } = useTranslation()
  const place = useRef<HTMLDivElement>(null)
  const { rows, count } = data
  const cards = useCardScroll(place, object, state, data)
  const onOpen = () =>
    keepTrail(
      object.name,
      rows.map(row => row.id),
      data.from,
      data.total,
    )
  return (
    <div className="cards" ref={place}>
      <p className="sr-only" aria-live="polite">
        {t(isRough(data.total) ? 'list.about' : 'list.count', { count: data.total ?? count })}
      </p>
      <ul aria-label={label(object.pluralLabel)} style={{ height: cards.getTotalSize(), position: 'relative' }}>
        {cards.getVirtualItems().map(({ index, start }) => {
          const record = data.rowAt(index)
          return (
            <li
              key={index}
              ref={record && cards.measureElement}
              data-index={index}
              aria-setsize={count}
              aria-posinset={index + 1}
              className="card-place"
              style={{ transform: `translateY(${start}px)` }}
            >
              {record ? <RecordCard object={object} record={record} fields={fields} onOpen={onOpen} /> : <CardSkeleton width="52%" />}
            </li>
          )
        })}
      </ul>
      {data.isCut && <ListCut count={count} />}
    </div>
  )
}

/** Which cards are drawn; reads what is missing, and comes back to where one stood. */
function useCardScroll(place: RefObject<HTMLDivElement | null>, object: ObjectModel, state: ListState, data: ListData) {
  const { count, question, anchor } = data
  const [before] = useState(() => placeOf(object, state))
  const cards = useVirtualizer({
    count,
    getScrollElement: () => place.current,
    estimateSize: () => cardHeight - gap,
    overscan: 6,
    gap,
    paddingStart: 8,
    paddingEnd: 16,
    initialOffset: before?.top ?? 0,
  })
  const { range, isScrolling } = cards
  useEffect(() => {
    if (range) data.look(range.startIndex, range.endIndex, isScrolling)
  })
  useScrollPlace(place, { object, state, question, anchor, row: 0, column: 1 }, cards)
  return cards
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
