import type { ObjectModel } from '@tessera/platform/model/model.js'
import { from } from '@tessera/platform/query/source.js'
import { fieldValue, type Judged } from '@tessera/platform/records/check.js'
import type { Moment } from '@tessera/platform/records/defaults.js'
import type { Values } from '@tessera/platform/records/values.js'
import { nothing, param, type Sql, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { entryOf, isLive, type Ledger } from './ledger.js'
import { readingOf, rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** Reads what rules name along relations: records as the changes under way leave them, else as the database has them. */
export interface Related {
  /**
   * Reads the records at the ends of relations, so that rules over `rows` can be evaluated.
   * @param paths names of relations, one after the other
   * @param isKept whether what is read goes into a value that is kept: then nobody may change it until the transaction ends
   */
  readonly load: (object: ObjectModel, rows: readonly Values[], paths: readonly (readonly string[])[], isKept: boolean) => Promise<void>
  /** A record for the evaluation of rules. */
  readonly judged: (object: ObjectModel, before: Values | null, after: Values, moment?: Moment) => Judged
}

interface Known {
  readonly values: Values | null
  readonly isKept: boolean
}

/** Where a reader reads, and what it has read so far, by object and id. */
interface Place {
  readonly client: Queryable
  readonly context: WriteContext
  readonly ledger: Ledger
  readonly known: Map<string, Known>
}

/** A reader along relations for one transaction. */
export function relatedIn(client: Queryable, context: WriteContext, ledger: Ledger): Related {
  const place: Place = { client, context, ledger, known: new Map() }
  return {
    load: (object, rows, paths, isKept) => load(place, object, rows, paths, isKept),
    judged: (object, before, after, moment = context.moment) => judged(place, object, before, after, moment),
  }
}

async function load(
  place: Place,
  object: ObjectModel,
  rows: readonly Values[],
  paths: readonly (readonly string[])[],
  isKept: boolean,
): Promise<void> {
  for (const first of new Set(paths.flatMap(path => path.slice(0, 1)))) {
    const field = object.fields[first]
    const target = place.context.model.objects[field?.relation?.to ?? '']
    if (!field || !target) continue
    const ids = [...new Set(rows.map(row => row[field.key]).filter(id => typeof id === 'string'))]
    await fetch(place, target, ids, isKept)
    const rest = paths.filter(path => path[0] === first && path.length > 1).map(path => path.slice(1))
    const next = ids.map(id => current(place, target, id)).filter(values => values !== null)
    if (rest.length > 0) await load(place, target, next, rest, isKept)
  }
}

async function fetch(
  { client, context, ledger, known }: Place,
  target: ObjectModel,
  ids: readonly string[],
  isKept: boolean,
): Promise<void> {
  const missing = ids.filter(id => {
    const cached = known.get(`${target.name} ${id}`)
    return !entryOf(ledger, target, id) && (cached === undefined || (isKept && !cached.isKept))
  })
  if (missing.length === 0) return
  const { columns, valuesOf: valuesOfRow } = readingOf(target, 't')
  const rows = await rowsOf<Record<string, unknown>>(
    client,
    sql`select ${columns} from ${from(target, 't')} where t.id = any(${param(missing)}::uuid[]) order by t.id ${isKept ? lockOf(target) : nothing}`,
    context,
  )
  for (const id of missing) known.set(`${target.name} ${id}`, { values: null, isKept })
  for (const row of rows) {
    const values = valuesOfRow(row)
    // deleted records are locked too, so that one that comes back waits for whoever has read that it was not there
    known.set(`${target.name} ${String(values.id)}`, { values: isDeleted(values) ? null : values, isKept })
  }
}

export const isDeleted = (values: Values): boolean => (values.deletedAt ?? null) !== null

/** Records with rollups may be written later in the same transaction: they are locked at once as that will need. */
const lockOf = (target: ObjectModel): Sql =>
  Object.values(target.fields).some(field => field.rollup !== null) ? sql`for no key update of t` : sql`for share of t`

/** A live record as it is now: after its change, else as it was read. */
function current({ ledger, known }: Place, object: ObjectModel, id: unknown): Values | null {
  const entry = entryOf(ledger, object, String(id))
  if (entry) return isLive(entry.change) ? entry.change.after : null
  return known.get(`${object.name} ${String(id)}`)?.values ?? null
}

const judged = (place: Place, object: ObjectModel, before: Values | null, after: Values, moment: Moment): Judged => ({
  object,
  before,
  after,
  moment,
  related: (path, values) => read(place, object, values, path, moment),
})

function read(place: Place, object: ObjectModel, values: Values, path: readonly string[], moment: Moment): unknown {
  const [first = '', ...rest] = path
  const field = object.fields[first]
  const target = place.context.model.objects[field?.relation?.to ?? '']
  const found = field && target ? current(place, target, values[field.key]) : null
  if (!target || !found) return null
  return rest.length === 1
    ? fieldValue(rest[0] ?? '', judged(place, target, null, found, moment))
    : read(place, target, found, rest, moment)
}
