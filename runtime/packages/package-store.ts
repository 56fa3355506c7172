import type { AppDefinition } from '@tessera/platform/definitions/app.js'
import { type Elements, elementsOf } from '@tessera/platform/editing/elements.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import type { PackageFile } from './package-file.js'

/** A package that a workspace has. */
export interface InstalledPackage extends PackageFile {
  readonly installedAt: string
}

const packages = workspaceTable('_package')
const definitions = workspaceTable('_definition')

interface Row {
  readonly manifest: AppDefinition
  readonly elements: readonly unknown[]
  readonly installedAt: string
  readonly [column: string]: unknown
}

/**
 * The packages of a workspace, in the order in which they came. Where none is written down, as by an earlier release, the app that the
 * workspace began with is told by the definitions of its first version.
 */
export async function listPackages(client: Queryable, schema: string): Promise<InstalledPackage[]> {
  const rows = await rowsIn<Row>(
    client,
    schema,
    sql`select manifest, elements, to_char(installed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "installedAt"
      from ${packages} order by installed_at, name`,
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
    sql`select d.source, to_char(v.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from ${definitions} d join ${workspaceTable('_version')} v on v.number = d.since where d.since = 1 and d.layer = 'base'`,
  )
  const { app, ...elements } = elementsOf(rows.map(({ source }) => JSON.parse(source) as unknown))
  return app ? { manifest: app.definition as unknown as AppDefinition, elements, installedAt: rows[0]?.at ?? '' } : null
}

/** Writes down what a package brought, in the transaction of the version that has it. */
export async function keepPackage(
  client: Queryable,
  schema: string,
  { manifest, elements }: { readonly manifest: AppDefinition; readonly elements: Elements },
  member: string | null,
): Promise<void> {
  const texts = JSON.stringify(Object.values(elements).map(({ definition }) => definition))
  await rowsIn(
    client,
    schema,
    sql`insert into ${packages} (name, version, manifest, elements, installed_at, installed_by)
      values (${manifest.app}, ${manifest.version ?? '0.0.0'}, ${JSON.stringify(manifest)}::json, ${texts}::json, clock_timestamp(), ${member}::uuid)
      on conflict (name) do update set version = excluded.version, manifest = excluded.manifest, elements = excluded.elements`,
  )
}

/** Forgets a package, in the transaction of the version that lacks it. */
export async function forgetPackage(client: Queryable, schema: string, name: string): Promise<void> {
  await rowsIn(client, schema, sql`delete from ${packages} where name = ${name}`)
}
