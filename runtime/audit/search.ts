import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import { all, param, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { RequestError } from '../request-error.js'
import { type AuditKind, auditKinds } from './entry.js'

/** What is looked for in the log; what is null does not narrow. */
export interface Search {
  readonly member: string | null
  readonly record: string | null
  readonly kinds: readonly string[] | null
  /** From this instant on. */
  readonly from: Date | null
  /** Before this instant. */
  readonly until: Date | null
  readonly first: number
  /** Where the page before ended. */
  readonly after: string | null
}

/** An entry as it stands in the log. */
export interface KeptEntry {
  readonly id: string
  readonly at: Date
  readonly kind: AuditKind
  readonly action: string
  readonly actor: string | null
  readonly actorName: string | null
  readonly object: string | null
  readonly record: string | null
  readonly channel: string | null
  readonly address: string | null
  readonly data: Readonly<Record<string, unknown>> | null
  readonly position: number | null
  readonly hash: string | null
}

/** A page of the log, the newest first. */
export interface FoundEntries {
  readonly entries: readonly KeptEntry[]
  /** Asked for next; null at the end. */
  readonly next: string | null
}

const most = 200

/**
 * Looks for entries. Every search goes along an index, a page at a time, however long the log is.
 * Throws `BAD_REQUEST` for an unknown kind, an id that is none, a cursor that is none.
 */
export async function searchEntries(client: Queryable, schema: string, search: Search): Promise<FoundEntries> {
  checkSearch(search)
  const first = Math.min(Math.max(Math.trunc(search.first), 1), most)
  const found = await rowsIn<KeptEntry & { readonly [column: string]: unknown }>(
    client,
    schema,
    sql`select a.id, a.at, a.kind, a.action, a.actor, m.name as "actorName", a.object, a.record, a.channel, a.address, a.data, a.position::float8 as position, encode(a.hash, 'hex') as hash
      from (${pageOf(search, first + 1)}) a left join ${workspaceTable('_member')} m on m.id = a.actor order by a.at desc, a.id desc`,
  )
  const entries = found.slice(0, first)
  const last = entries.at(-1)
  return { entries, next: found.length > first && last ? cursorOf(last) : null }
}

/** Of one record by its index; else the newest of each kind, which stand in the order of an index, and the newest of those. */
function pageOf(search: Search, limit: number): Sql {
  const kinds = search.kinds ?? auditKinds
  const table = workspaceTable('_audit')
  const bounds = boundsOf(search)
  const person = search.member === null ? [] : [sql`x.actor = ${search.member}::uuid`]
  if (search.record !== null)
    return sql`select x.* from ${table} x where ${all([sql`x.record = ${search.record}::uuid`, sql`x.kind = any(${param(kinds)}::text[])`, ...person, ...bounds])} order by x.at desc, x.id desc limit ${limit}`
  return sql`select y.* from unnest(${param(kinds)}::text[]) k(kind) cross join lateral (
    select x.* from ${table} x where ${all([sql`x.kind = k.kind`, ...person, ...bounds])} order by x.at desc, x.id desc limit ${limit}) y order by y.at desc, y.id desc limit ${limit}`
}

function boundsOf({ from, until, after }: Search): Sql[] {
  const [at, id] = after === null ? [] : readCursor(after)
  return [
    ...(from ? [sql`x.at >= ${from}::timestamptz`] : []),
    ...(until ? [sql`x.at < ${until}::timestamptz`] : []),
    ...(at && id ? [sql`(x.at, x.id) < (${at}::timestamptz, ${id}::uuid)`] : []),
  ]
}

function checkSearch({ member, record, kinds, from, until, after }: Search): void {
  const known = new Set<string>(auditKinds)
  const wrong = [
    ...(member !== null && !isId(member) ? ['member'] : []),
    ...(record !== null && !isId(record) ? ['record'] : []),
    ...(kinds?.every(kind => known.has(kind)) === false || (kinds?.length ?? 0) > auditKinds.length ? ['kinds'] : []),
    ...(from && Number.isNaN(from.getTime()) ? ['from'] : []),
    ...(until && Number.isNaN(until.getTime()) ? ['until'] : []),
    ...(after !== null && readCursor(after).length === 0 ? ['after'] : []),
  ]
  const problem = { en: 'This cannot be searched for.', 'zh-CN': '无法按此条件搜索。' }
  if (wrong.length > 0)
    throw new RequestError(
      'BAD_REQUEST',
      wrong.map(path => issue('INPUT_INVALID', path, { problem })),
    )
}

const cursorOf = ({ at, id }: KeptEntry): string => Buffer.from(`${at.toISOString()} ${id}`).toString('base64url')

function readCursor(cursor: string): [string, string] | [] {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  return isId(id) && /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/.test(at) && !Number.isNaN(Date.parse(at)) ? [at, id] : []
}
