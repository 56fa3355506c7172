import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { column, from } from '@tessera/platform/query/source.js'
import { join, literal, name, param, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import { note } from '../audit/entry.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'

const bins = workspaceTable('_bin')
const binned = workspaceTable('_bin_record')

/** So many records that were asked for go in one transaction, with what hangs on them. */
const batch = 200

/** Records that go for good, by object. */
type Going = Map<ObjectModel, Set<string>>

/** Which deletions are to go: those that have been in the bin for longer than its days, those until an instant, or one. */
export type Due = { readonly days: number } | { readonly until: Date } | { readonly deletion: string }

const isDue = (due: Due): Sql => {
  if ('days' in due) return sql`b.at < now() - make_interval(days => ${due.days}::int)`
  return 'until' in due ? sql`b.at <= ${due.until}::timestamptz` : sql`b.id = ${due.deletion}::uuid`
}

/** Who lets records go for good; the product itself when their days are over. */
export interface PurgedBy {
  readonly actor: string | null
  readonly channel?: string
}

/** The oldest deletion that is due, but for those that are named; null when there is none. */
export async function dueDeletion(client: Queryable, schema: string, due: Due, but: readonly string[]): Promise<string | null> {
  const [found] = await rowsIn<{ id: string }>(
    client,
    schema,
    sql`select b.id from ${bins} b where ${isDue(due)} and b.id <> all(${param(but)}::uuid[])
      and exists (select from ${binned} x where x.bin = b.id) order by b.at, b.id limit 1`,
  )
  return found?.id ?? null
}

/**
 * Deletes some records of a deletion for good, with their lines, files and shares. What points at them is emptied, which reads as it did.
 * Their history stays: the log tells of it.
 * @param client inside a transaction; who restores at this moment wins
 * @returns how many records left the bin; none when another node is at it
 */
export async function purgeSome(client: PoolClient, schema: string, model: Model, bin: string, by: PurgedBy): Promise<number> {
  const held = await rowsIn(client, schema, sql`select id from ${bins} where id = ${bin}::uuid for update skip locked`)
  if (held.length === 0) return 0
  const going = await goingOf(client, schema, model, bin)
  const ids = [...going.values()].flatMap(those => [...those])
  await emptyPointers(client, schema, model, going)
  for (const [object, those] of going)
    await rowsIn(
      client,
      schema,
      sql`delete from ${workspaceTable(object.table)} where id = any(${param([...those])}::uuid[]) and deleted_at is not null`,
    )
  for (const table of ['_file', '_share', '_claim'])
    await rowsIn(client, schema, sql`delete from ${workspaceTable(table)} where record = any(${param(ids)}::uuid[])`)
  const isLeft = ids.length === 0 ? sql`bin = ${bin}::uuid` : sql`record = any(${param(ids)}::uuid[])`
  // what cannot be found any more, of an object that was removed, is in the bin no longer
  const out = await rowsIn(client, schema, sql`delete from ${binned} where ${isLeft} returning record`)
  const counts = Object.fromEntries([...going].map(([object, those]) => [object.name, those.size]))
  if (ids.length > 0) await note(client, schema, { kind: 'bin', action: 'purged', ...by, data: { deletion: bin, counts } })
  return out.length
}

/** Forgets deletions that were due and of which nothing is left. */
export async function forgetEmpty(client: Queryable, schema: string, due: Due): Promise<void> {
  await rowsIn(client, schema, sql`delete from ${bins} b where ${isDue(due)} and not exists (select from ${binned} x where x.bin = b.id)`)
}

/** Some records of a deletion with everything deleted that hangs on them, locked. */
async function goingOf(client: Queryable, schema: string, model: Model, bin: string): Promise<Going> {
  const rows = await rowsIn<{ object: string; record: string }>(
    client,
    schema,
    sql`select object, record from ${binned} where bin = ${bin}::uuid order by root desc, record limit ${batch}`,
  )
  const going: Going = new Map()
  let edge: Going = new Map()
  for (const object of Object.values(model.objects)) {
    const wanted = rows.filter(row => row.object === object.table).map(({ record }) => record)
    const found = wanted.length === 0 ? [] : await lockDeleted(client, schema, object, sql`t.id = any(${param(wanted)}::uuid[])`)
    if (found.length > 0) edge.set(object, new Set(found))
  }
  while (edge.size > 0) {
    for (const [object, ids] of edge) going.set(object, new Set([...(going.get(object) ?? []), ...ids]))
    edge = await hangingOn(client, schema, model, edge, going)
  }
  return going
}

async function hangingOn(client: Queryable, schema: string, model: Model, edge: Going, going: Going): Promise<Going> {
  const next: Going = new Map()
  for (const holder of Object.values(model.objects))
    for (const field of Object.values(holder.fields)) {
      const rule = field.targets ? field.definition.onDelete : field.relation?.onDelete
      const targets = field.targets ?? [field.relation?.to ?? '']
      const ids = [...edge].filter(([object]) => targets.includes(object.name)).flatMap(([, those]) => [...those])
      if (rule !== 'cascade' || ids.length === 0) continue
      const found = await lockDeleted(client, schema, holder, sql`${column(field, 't')} = any(${param(ids)}::uuid[])`)
      const fresh = found.filter(id => !going.get(holder)?.has(id))
      if (fresh.length > 0) next.set(holder, new Set([...(next.get(holder) ?? []), ...fresh]))
    }
  return next
}

async function lockDeleted(client: Queryable, schema: string, object: ObjectModel, condition: Sql): Promise<string[]> {
  const rows = await rowsIn<{ id: string }>(
    client,
    schema,
    sql`select t.id from ${from(object, 't')} where ${condition} and t.deleted_at is not null order by t.id for update`,
  )
  return rows.map(({ id }) => id)
}

/** What points at records that go reads as empty already, or goes itself; now it is empty, so that they can go in any order. */
async function emptyPointers(client: Queryable, schema: string, { objects }: Model, going: Going): Promise<void> {
  for (const holder of Object.values(objects))
    for (const field of Object.values(holder.fields)) {
      const targets = field.targets ?? (field.relation?.to ? [field.relation.to] : [])
      const typed = Object.values(holder.fields).find(({ typeOf }) => typeOf === field.name)
      for (const [target, ids] of going) {
        const own = field.columns[0]?.name
        if (!targets.includes(target.name) || own === undefined) continue
        const kind = typed?.columns[0]?.name
        const isHere = field.targets && kind !== undefined ? sql` and ${name(kind)} = ${literal(target.name)}` : sql``
        const emptied = [own, ...(field.targets && kind !== undefined ? [kind] : [])].map(one => sql`${name(one)} = null`)
        await rowsIn(
          client,
          schema,
          sql`update ${workspaceTable(holder.table)} set ${join(emptied)} where ${name(own)} = any(${param([...ids])}::uuid[])${isHere}`,
        )
      }
    }
}
