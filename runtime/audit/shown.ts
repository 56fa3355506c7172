import { from, queryContext, shown, visible } from '@tessera/platform/query/source.js'
import type { Values } from '@tessera/platform/records/values.js'
import { lookup } from '@tessera/platform/registry.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { rowsOf } from '../records/run.js'
import { type Asking, changesOf, readTitles, type ShownChange } from '../workflows/history.js'
import type { KeptEntry } from './search.js'
import { type Seeing, seenData } from './seen-data.js'

/** An entry as its reader may see it. */
export interface ShownEntry extends Omit<KeptEntry, 'actor'> {
  readonly actor: { readonly id: string; readonly name: string } | null
  /** The title of the record; null where the reader may not see it. */
  readonly title: string | null
  /** What changed of the record; null where the reader may not see it. */
  readonly changes: readonly ShownChange[] | null
  /** The version that the record got. */
  readonly version: number | null
  /** The workflows that led to it, the first one first. */
  readonly cause: readonly string[]
}

interface HistoryRow {
  readonly id: string
  readonly version: number
  readonly before: Values | null
  readonly after: Values | null
  readonly cause: readonly { readonly workflow: string }[] | null
  readonly [column: string]: unknown
}

/** Lays before and after, titles and causes to entries: of records and fields that the reader may see, masked where they see a part. */
export async function showEntries(client: Queryable, entries: readonly KeptEntry[], asking: Asking, seeing: Seeing): Promise<ShownEntry[]> {
  const history = await historyOf(client, entries, asking)
  const changes = new Map<string, readonly ShownChange[]>()
  const titles = new Map<string, string | null>()
  for (const name of new Set(entries.flatMap(({ object }) => object ?? []))) {
    const own = entries.filter(({ object, record }) => object === name && record !== null)
    for (const [id, title] of await seenRecords(client, name, own, asking)) titles.set(`${name} ${id}`, title)
    const object = lookup(asking.profile.model.objects, name)
    const rows = own.flatMap(({ id, record }) => (titles.has(`${name} ${record}`) ? (history.get(id) ?? []) : []))
    const known = object && rows.length > 0 ? await readTitles(client, object, rows, asking) : new Map<string, string>()
    if (object) for (const row of rows) changes.set(row.id, changesOf(row, object, known))
  }
  return entries.map(entry => {
    const isObjectSeen = entry.object === null || lookup(asking.profile.model.objects, entry.object) !== undefined
    const row = history.get(entry.id)
    return {
      ...entry,
      actor: entry.actor === null ? null : { id: entry.actor, name: entry.actorName ?? '' },
      object: isObjectSeen ? entry.object : null,
      record: isObjectSeen ? entry.record : null,
      title: titles.get(`${entry.object} ${entry.record}`) ?? null,
      changes: changes.get(entry.id) ?? null,
      data: seenData(entry, seeing),
      version: row?.version ?? null,
      cause: (row?.cause ?? []).map(({ workflow }) => workflow),
    }
  })
}

async function historyOf(client: Queryable, entries: readonly KeptEntry[], { schema }: Asking): Promise<ReadonlyMap<string, HistoryRow>> {
  const ids = entries.filter(({ kind }) => kind === 'record').map(({ id }) => id)
  const rows = await rowsIn<HistoryRow>(
    client,
    schema,
    sql`select id, version, before, after, cause from ${workspaceTable('_history')} where id = any(${param(ids)}::uuid[])`,
  )
  return new Map(rows.map(row => [row.id, row]))
}

/** The records of entries that the reader may see, deleted ones too, with their titles. */
async function seenRecords(
  client: Queryable,
  name: string,
  entries: readonly KeptEntry[],
  asking: Asking,
): Promise<ReadonlyMap<string, string | null>> {
  const object = lookup(asking.profile.model.objects, name) && lookup(asking.model.objects, name)
  const ids = [...new Set(entries.flatMap(({ record }) => record ?? []))]
  if (!object || ids.length === 0) return new Map()
  const query = queryContext(asking.model, asking.profile.conditions, asking.profile.model)
  const title = asking.profile.model.objects[name]?.fields[object.title]
  const rows = await rowsOf<{ id: string; title: string | null }>(
    client,
    sql`select t.id, ${title ? sql`(${shown(title, 't', query)})::text` : sql`null::text`} as title from ${from(object, 't')}
      where t.id = any(${param(ids)}::uuid[]) and ${visible(object, 't', query, 'WITH')}`,
    asking,
  )
  return new Map(rows.map(row => [row.id, row.title]))
}
