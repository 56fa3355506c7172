import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { auditReader, historyDigest, keptDigest, linkHash } from './chain.js'

/** What is wrong with a log, and where. */
export interface Break {
  readonly what: 'missing' | 'altered' | 'historyChanged' | 'historyMissing' | 'end' | 'anchor' | 'unlogged'
  /** The place in the chain; of rows of history that no entry tells of, the last one. */
  readonly position: number
  /** The entry or the row of history. */
  readonly id: string | null
}

/** A place in the chain and its hash, as somebody wrote them down outside of the database. */
export interface Anchor {
  readonly position: number
  readonly hash: string
}

/** What a walk through the chain came to. */
export interface Walked {
  readonly entries: number
  /** Entries that have no place yet. */
  readonly waiting: number
  readonly end: Anchor
  /** The first break; null when there is none. */
  readonly broken: Break | null
}

const page = 2_000

interface Row {
  readonly id: string
  readonly kind: string
  readonly position: string
  readonly hash: Buffer
  /** What the hash has to be behind the one before it. */
  readonly expected: Buffer
  readonly content: Buffer | null
  readonly now: Buffer | null
  readonly [column: string]: unknown
}

/**
 * Walks through the chain of a workspace's log from its beginning and gives the first break, if there is one.
 * @param client inside a transaction that sees one moment
 * @param anchor a place and hash noted earlier, which must still be the ones
 */
export async function walk(client: Queryable, schema: string, anchor: Anchor | null = null): Promise<Walked> {
  const [counts] = await rowsIn<{ waiting: string }>(
    client,
    schema,
    sql`select count(*) as waiting from ${workspaceTable('_audit')} where position is null`,
  )
  const waiting = Number(counts?.waiting ?? 0)
  const walked = await walkEntries(client, schema, anchor)
  return { ...walked, waiting, broken: walked.broken ?? (await unlogged(client, schema, walked.end.position)) }
}

async function walkEntries(client: Queryable, schema: string, anchor: Anchor | null): Promise<Omit<Walked, 'waiting'>> {
  let position = 0
  let hash: Buffer = Buffer.alloc(0)
  const at = (broken: Break | null) => ({ entries: position, end: { position, hash: hash.toString('hex') }, broken })
  for (let rows = await entriesAfter(client, schema, 0, hash); rows.length > 0; rows = await entriesAfter(client, schema, position, hash))
    for (const row of rows) {
      if (Number(row.position) !== position + 1) return at({ what: 'missing', position: position + 1, id: null })
      if (!row.expected.equals(row.hash)) return at({ what: 'altered', position: position + 1, id: row.id })
      if (row.kind === 'record' && !row.now) return at({ what: 'historyMissing', position: position + 1, id: row.id })
      if (row.kind === 'record' && !row.now?.equals(row.content ?? Buffer.alloc(0)))
        return at({ what: 'historyChanged', position: position + 1, id: row.id })
      position++
      hash = row.hash
      if (anchor?.position === position && anchor.hash !== hash.toString('hex')) return at({ what: 'anchor', position, id: row.id })
    }
  const [end] = await rowsIn<{ position: string; hash: Buffer }>(
    client,
    schema,
    sql`select position, hash from ${workspaceTable('_audit_head')} where id = 1`,
  )
  if (!end || Number(end.position) !== position || !end.hash.equals(hash)) return at({ what: 'end', position: position + 1, id: null })
  return at(anchor && anchor.position > position ? { what: 'anchor', position: position + 1, id: null } : null)
}

const entriesAfter = (client: Queryable, schema: string, position: number, hash: Buffer): Promise<Row[]> =>
  rowsIn<Row>(
    client,
    schema,
    sql`select a.id, a.kind, a.position, a.hash, ${linkHash(sql`lag(a.hash, 1, ${hash}::bytea) over (order by a.position)`, sql`a.position`, keptDigest('a'))} as expected, a.content, case when h.id is not null then ${historyDigest('h')} end as now
      from (select * from ${workspaceTable('_audit')} where position > ${position} order by position limit ${page}) a
      left join ${workspaceTable('_history')} h on a.kind = 'record' and h.id = a.id order by a.position`,
  )

/** A row of history that stands in no entry, and that no event brings into the log: somebody put it there. */
async function unlogged(client: Queryable, schema: string, position: number): Promise<Break | null> {
  const [found] = await rowsIn<{ id: string }>(
    client,
    schema,
    sql`select h.id from ${workspaceTable('_history')} h where not exists (select from ${workspaceTable('_audit')} a where a.id = h.id)
      and not exists (select from ${workspaceTable('_outbox')} o where o.record = h.record and o.version = h.version and o.object = h.object and o.at = h.at
        and coalesce(o.position > (select position from ${workspaceTable('_reader')} where name = ${auditReader}), true)) order by h.id limit 1`,
  )
  return found ? { what: 'unlogged', position, id: found.id } : null
}
