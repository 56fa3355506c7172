import { createHash } from 'node:crypto'
import type { Element } from '@tessera/platform/definitions/index.js'
import { render, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Storage } from '@tessera/platform/tables/storage.js'
import type { Queryable } from '../database/queryable.js'

/** The layer that a definition lies in: `base` for the app as it was shipped, `workspace` for what the workspace made, else a package. */
export type Layer = string

/** A definition as a version has it; `source` is its canonical text. */
export interface StoredElement extends Element {
  readonly layer: Layer
  readonly source: string
}

/** A published version with everything in it. */
export interface StoredVersion {
  readonly number: number
  readonly hash: string
  readonly storage: Storage
  readonly elements: readonly StoredElement[]
}

/** A published version as a list shows it. */
export interface VersionEntry {
  readonly number: number
  readonly publishedAt: string
  readonly author: string | null
  readonly message: string | null
}

const versions = workspaceTable('_version')
const definitions = workspaceTable('_definition')

/** Sends a compiled statement to the schema of a workspace. */
export function send(client: Queryable, schema: string, statement: Sql) {
  const { text, values } = render(statement, schema)
  return client.query(text, [...values])
}

/** The number of the newest version; 0 when nothing was published yet. */
export async function newestNumber(client: Queryable, schema: string): Promise<number> {
  const { rows } = await send(client, schema, sql`select coalesce(max(number), 0) as number from ${versions}`)
  return Number(rows[0]?.number ?? 0)
}

/** Which version is the newest, and what tells its model apart; null when nothing was published yet. */
export async function newestVersion(client: Queryable, schema: string): Promise<{ readonly number: number; readonly hash: string } | null> {
  const { rows } = await send(client, schema, sql`select number, hash from ${versions} order by number desc limit 1`)
  return (rows[0] as { number: number; hash: string } | undefined) ?? null
}

/** A version with its definitions, read in one statement so that it is whole; the newest unless told, null when there is none. */
export async function readVersion(client: Queryable, schema: string, number: number | null = null): Promise<StoredVersion | null> {
  const { rows } = await send(
    client,
    schema,
    sql`select v.number, v.hash, v.storage,
          (select coalesce(json_agg(json_build_object('kind', d.kind, 'name', d.name, 'layer', d.layer, 'source', d.source) order by d.kind collate "C", d.name collate "C"), '[]')
             from ${definitions} d where d.since <= v.number and (d.until is null or d.until > v.number)) as elements
        from ${versions} v where ${number}::integer is null or v.number = ${number}::integer
        order by v.number desc limit 1`,
  )
  const [row] = rows as unknown as readonly { number: number; hash: string; storage: Storage; elements: readonly ElementRow[] }[]
  if (!row) return null
  const elements = row.elements.map(element => ({
    ...element,
    definition: JSON.parse(element.source) as Readonly<Record<string, unknown>>,
  }))
  return { ...row, elements }
}

interface ElementRow {
  readonly kind: string
  readonly name: string
  readonly layer: Layer
  readonly source: string
}

/** Every published version, newest first. */
export async function listVersions(client: Queryable, schema: string): Promise<VersionEntry[]> {
  const { rows } = await send(
    client,
    schema,
    sql`select number, to_char(published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "publishedAt", author, message
        from ${versions} order by number desc`,
  )
  return rows as unknown as VersionEntry[]
}

/** A version that is about to be. */
export interface NewVersion {
  readonly number: number
  /** What `hashOf` gives for its elements and storage. */
  readonly hash: string
  readonly author: string | null
  readonly message: string | null
  readonly storage: Storage
  readonly elements: readonly StoredElement[]
}

/** What tells two models apart: their definitions and physical names. */
export const hashOf = (elements: readonly StoredElement[], storage: Storage): string =>
  createHash('sha256')
    .update(JSON.stringify([elements.map(({ kind, name, source }) => [kind, name, source]).sort(), storage]))
    .digest('hex')

/**
 * Writes a version: its row, an end for each element that it no longer has, a row for each that is new or differs.
 * @param client inside the transaction that alters the tables
 * @param present the version before it
 */
export async function writeVersion(client: Queryable, schema: string, version: NewVersion, present: StoredVersion | null): Promise<void> {
  const { number, hash, author, message, storage, elements } = version
  const kept = new Set(present?.elements)
  const fresh = elements.filter(element => !kept.has(element))
  const staying = new Set(elements)
  const ended = (present?.elements ?? []).filter(element => !staying.has(element))
  await send(
    client,
    schema,
    sql`insert into ${versions} (number, published_at, author, message, hash, storage)
        values (${number}, ${new Date()}, ${author}, ${message}, ${hash}, ${JSON.stringify(storage)})`,
  )
  if (ended.length > 0)
    await send(
      client,
      schema,
      sql`update ${definitions} d set until = ${number} from unnest(${ended.map(element => element.kind)}::text[], ${ended.map(element => element.name)}::text[]) as e (kind, name)
        where d.kind = e.kind and d.name = e.name and d.until is null`,
    )
  await send(
    client,
    schema,
    sql`insert into ${definitions} (kind, name, since, layer, source)
        select kind, name, ${number}::integer, layer, source
        from unnest(${fresh.map(element => element.kind)}::text[], ${fresh.map(element => element.name)}::text[], ${fresh.map(element => element.layer)}::text[], ${fresh.map(element => element.source)}::text[]) as e (kind, name, layer, source)`,
  )
}
