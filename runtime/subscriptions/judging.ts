import type { ObjectModel } from '@tessera/platform/model/model.js'
import { textOfValue } from '@tessera/platform/query/changes.js'
import { storedRow } from '@tessera/platform/records/values.js'
import { type Env, valuesOf } from '@tessera/platform/sql/sql.js'
import type { Database } from '../database/database.js'
import { queryWithin } from '../database/within.js'
import type { ChangeKind } from '../graphql/change-types.js'
import type { FollowPlanned } from '../graphql/following.js'
import { operationLimits } from '../graphql/limits.js'
import { renderedFor } from '../graphql/plans.js'
import type { Beside, LinkTold, ToldEvent } from './told-events.js'

/** Somebody to judge events for: a row of who asks and with which variables, and behind which event they stand. */
export interface Judged<S> {
  readonly subscriber: S
  readonly env: Env
  readonly position: number
  readonly ids: ReadonlySet<string> | null
}

/** What one of them is to be told of a record. */
export interface Verdict<S> {
  readonly subscriber: S
  readonly kind: ChangeKind
  readonly record: string
  /** The last event of the record. */
  readonly event: string
  readonly records: readonly unknown[] | null
  readonly size: number
}

/** What one record went through behind a position: its first event tells how it was, its last one how far that goes. */
interface Span {
  readonly record: string
  first: number
  last: number
  /** Whether nothing happened to the record itself: then who sees none of what happened beside it is told nothing. */
  isBeside: boolean
  readonly beside: Beside[]
}

/** So many pairs of askers and events are judged by one statement. */
const mostPairs = 5_000

/**
 * Judges events for all who follow by one plan, by one statement (in parts when there are very many): whether the record was among theirs
 * before the first event that they have not been told of, and whether it is now.
 * @param events of the plan's object, in order
 * @param schema of the workspace of all who follow; the plan may be that of many
 */
export async function judge<S>(
  planned: FollowPlanned,
  object: ObjectModel,
  judged: readonly Judged<S>[],
  events: readonly ToldEvent[],
  { pool, prepares }: Pick<Database, 'pool' | 'prepares'>,
  schema: string,
): Promise<Verdict<S>[]> {
  const spans = spansOf(judged, events)
  // from wherever one reads on, a record that begins with an event has the same ones behind it
  const needed = new Map(judged.flatMap(one => wanted(one, spans).map(span => [span.first, span] as const)))
  if (needed.size === 0) return []
  const { askers, places } = askersOf(planned, judged)
  const rows = [...needed.values()].sort((left, right) => left.first - right.first).map(span => eventRow(object, events[span.first], span))
  const found = new Map<string, JudgedRow>()
  const { name, text } = renderedFor(planned.read, schema)
  const step = Math.max(1, Math.floor(mostPairs / askers.length))
  for (let from = 0; from < rows.length; from += step) {
    const context = { askers: JSON.stringify(askers), events: JSON.stringify(rows.slice(from, from + step)) }
    const values = valuesOf(planned.read.statement, { variables: {}, context })
    const asked = { ...(prepares ? { name } : {}), text, values }
    const { rows: judgedRows } = await queryWithin(pool, asked, operationLimits.time)
    for (const row of judgedRows as unknown as JudgedRow[]) found.set(`${row.n} ${row.i}`, row)
  }
  const read = readOnce()
  return judged.flatMap((one, index) =>
    wanted(one, spans).flatMap(({ record, first, last, isBeside }) => {
      const row = found.get(`${places[index]} ${first}`)
      const [from, to] = [events[first], events[last]]
      const kind = row && from && kindOf(!isBeside && from.event === 'created', row)
      if (!kind || !to) return []
      const records = kind === 'LEFT' || !row.data ? null : read(row.data)
      return [{ subscriber: one.subscriber, kind, record, event: to.id, records, size: records ? (row.data?.length ?? 0) : 0 }]
    }),
  )
}

/** A row of the statement: nothing for who neither had the record nor has it. */
export interface JudgedRow {
  readonly n: number
  readonly i: number
  readonly was: boolean
  readonly data: string | null
}

/** Null when there is nothing to tell: what was there and went away in between was never told of. */
function kindOf(isNew: boolean, { was, data }: JudgedRow): ChangeKind | null {
  if (isNew) return data === null ? null : 'CREATED'
  if (was) return data === null ? 'LEFT' : 'UPDATED'
  return data === null ? null : 'ENTERED'
}

/** Of each position that somebody stands at: the records with events behind it, in the order of their last ones. */
function spansOf<S>(judged: readonly Judged<S>[], events: readonly ToldEvent[]): ReadonlyMap<number, readonly Span[]> {
  const spans = new Map<number, readonly Span[]>()
  for (const { position } of judged) {
    if (spans.has(position)) continue
    const byRecord = new Map<string, Span>()
    events.forEach((event, index) => {
      if (event.position <= position) return
      const known = byRecord.get(event.record)
      if (known) addTo(known, event, index)
      else
        byRecord.set(event.record, {
          record: event.record,
          first: index,
          last: index,
          isBeside: event.beside !== null,
          beside: listed(event),
        })
    })
    spans.set(
      position,
      [...byRecord.values()].sort((left, right) => left.last - right.last),
    )
  }
  return spans
}

const listed = ({ beside }: ToldEvent): Beside[] => (beside ? [beside] : [])

function addTo(span: Span, event: ToldEvent, index: number): void {
  span.last = index
  span.beside.push(...listed(event))
  // how the record was, its own first event tells
  if (span.isBeside && event.beside === null) Object.assign(span, { first: index, isBeside: false })
}

const wanted = <S>({ position, ids }: Judged<S>, spans: ReadonlyMap<number, readonly Span[]>): readonly Span[] => {
  const all = spans.get(position) ?? []
  return ids === null ? all : all.filter(({ record }) => ids.has(record))
}

/** Who asks the same with equal rights and variables is one asker. */
function askersOf<S>({ slots }: FollowPlanned, judged: readonly Judged<S>[]) {
  const numbers = new Map<string, number>()
  const askers: Record<string, unknown>[] = []
  const places = judged.map(({ env }) => {
    const texts = slots.map(slot => textOfValue(slot.read(env)))
    const key = JSON.stringify(texts)
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, askers.length)
    return askers.push({ n: askers.length, ...Object.fromEntries(texts.map((text, index) => [`s${index}`, text])) }) - 1
  })
  return { askers, places }
}

/** An event as the statement takes it: its record as it was, or nothing where it was not there; and what happened beside it. */
function eventRow(object: ObjectModel, event: ToldEvent | undefined, { first, isBeside, beside }: Span) {
  const wasThere = event?.before && (event.event === 'updated' || event.event === 'deleted')
  const before = wasThere && event.before ? { ...storedRow(object, event.before), id: event.record, deleted_at: null } : null
  const links: LinkTold[] = beside.flatMap(one => (one.kind === 'link' ? [one.link] : []))
  const shares = (kind: 'given' | 'taken') => beside.flatMap(one => (one.kind === kind && 'share' in one ? [one.share] : []))
  const [given, taken] = [shares('given').map(({ share }) => share), shares('taken')]
  return { i: first, id: event?.record, before: isBeside ? {} : before, links: isBeside ? links : null, given, taken }
}

/** Records that several are told of are read from their text once. */
function readOnce(): (text: string) => readonly unknown[] {
  const known = new Map<string, readonly unknown[]>()
  return text => {
    const records = known.get(text) ?? (JSON.parse(text) as readonly unknown[])
    known.set(text, records)
    return records
  }
}
