import type { AppDefinition } from '@tessera/platform/definitions/app.js'
import { type Elements, elementsOf } from '@tessera/platform/editing/elements.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'

/** A package: what it is, and the definitions that it brings, of those of others only the parts that it adds. */
export interface PackageFile {
  readonly manifest: AppDefinition
  readonly elements: Elements
}

/** A package that a workspace has. */
export interface InstalledPackage extends PackageFile {
  /** When the version that brought it as it is was published. */
  readonly installedAt: string
}

const packages = workspaceTable('_package')
const definitions = workspaceTable('_definition')
const versions = workspaceTable('_version')
const publishedAt = sql`to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

interface Row {
  readonly manifest: AppDefinition
  readonly elements: readonly unknown[]
  readonly installedAt: string
  readonly [column: string]: unknown
}

/**
 * The packages of the newest version of a workspace, in the order in which they came. The app that it began with is told by the
 * definitions of its first version until another version of it is put in.
 */
export async function listPackages(client: Queryable, schema: string): Promise<InstalledPackage[]> {
  const rows = await rowsIn<Row>(
    client,
    schema,
    sql`select p.manifest, p.elements, ${publishedAt} as "installedAt" from ${packages} p join ${versions} v on v.number = p.since
      where p.until is null order by p.since, p.name`,
  )
  const listed = rows.map(({ manifest, elements, installedAt }) => ({ manifest, elements: elementsOf(elements), installedAt }))
  const base = await baseOf(client, schema)
  return base && !listed.some(({ manifest }) => manifest.app === base.manifest.app) ? [base, ...listed] : listed
}

/** The app that a workspace began with, as its first version has it. */
async function baseOf(client: Queryable, schema: string): Promise<InstalledPackage | null> {
  const rows = await rowsIn<{ source: string; at: string }>(
    client,
    schema,
    sql`select d.source, ${publishedAt} as at from ${definitions} d join ${versions} v on v.number = d.since where d.since = 1 and d.layer = 'base'`,
  )
  const { app, ...elements } = elementsOf(rows.map(({ source }) => JSON.parse(source) as unknown))
  return app ? { manifest: app.definition as unknown as AppDefinition, elements, installedAt: rows[0]?.at ?? '' } : null
}

/**
 * Writes down what a package brought to a version.
 * @param client in the transaction of the version
 */
export async function keepPackage(client: Queryable, schema: string, number: number, { manifest, elements }: PackageFile): Promise<void> {
  await forgetPackage(client, schema, number, manifest.app)
  const texts = JSON.stringify(Object.values(elements).map(({ definition }) => definition))
  await rowsIn(
    client,
    schema,
    sql`insert into ${packages} (name, since, manifest, elements) values (${manifest.app}, ${number}, ${JSON.stringify(manifest)}::json, ${texts}::json)
      on conflict (name, since) do update set until = null, manifest = excluded.manifest, elements = excluded.elements`,
  )
}

/** Ends a package with a version, in the transaction of that one. */
export async function forgetPackage(client: Queryable, schema: string, number: number, name: string): Promise<void> {
  await rowsIn(client, schema, sql`update ${packages} set until = ${number} where name = ${name} and until is null`)
}

/** Gives a version the packages that an earlier one had, in the transaction of the later one. */
export async function bringPackagesBack(client: Queryable, schema: string, number: number, to: number): Promise<void> {
  const then = sql`t.since <= ${to} and (t.until is null or t.until > ${to})`
  await rowsIn(
    client,
    schema,
    sql`update ${packages} p set until = ${number} where p.until is null and not exists (select from ${packages} t where t.name = p.name and t.since = p.since and ${then})`,
  )
  await rowsIn(
    client,
    schema,
    sql`insert into ${packages} (name, since, manifest, elements) select t.name, ${number}::integer, t.manifest, t.elements from ${packages} t
      where ${then} and not exists (select from ${packages} p where p.name = t.name and p.until is null)`,
  )
}
