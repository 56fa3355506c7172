import { elementPath } from '@tessera/platform/definitions/index.js'
import type { Change } from '@tessera/platform/model/changes.js'
import type { Mention } from '@tessera/platform/model/mentions.js'
import { noticedField, type Touched, touchedBy } from '@tessera/platform/model/touched.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Caller } from '../access/caller.js'
import type { Database } from '../database/database.js'
import { rowsIn } from '../database/rows-in.js'
import type { Decided } from '../publishing/publisher.js'
import { type FieldAccess, fieldUses } from '../usage/field-use-store.js'
import { keyNames } from '../usage/key-names.js'

/** A definition that names what changes, and the package that it came with. */
interface TouchedElement extends Mention {
  readonly package: string | null
}

/** A view that a member saved and that shows, filters or orders by what changes; of those that nobody shares only their number is told. */
interface TouchedViews {
  readonly shared: readonly { readonly id: string; readonly name: string; readonly object: string; readonly owner: string | null }[]
  readonly others: number
}

/** What an API key did with a field in the last 30 days. */
interface ClientUse {
  readonly key: string
  /** Null for a key that was revoked. */
  readonly name: string | null
  readonly object: string
  readonly field: string
  readonly access: FieldAccess
  readonly count: number
  readonly lastAt: string
}

/** One thing that changes, and everything that uses it. */
export interface TouchedThing extends Omit<Touched, 'mentions'> {
  readonly mentions: readonly TouchedElement[]
  readonly views: TouchedViews
  readonly clients: readonly ClientUse[]
}

interface ViewRow {
  readonly id: string
  readonly object: string
  readonly name: string
  readonly owner: string | null
  readonly query: string
  readonly columns: readonly string[] | null
  readonly shared: boolean
  readonly [column: string]: unknown
}

/** For everything that changes so that others may notice: the definitions, saved views and API keys that use it. */
export async function thingsTouched(decided: Decided, database: Database, { workspace }: Caller): Promise<TouchedThing[]> {
  const { before, way, present } = decided
  const touched = touchedBy(way.changes, before)
  if (touched.length === 0) return []
  const packages = new Map(present?.elements.map(element => [elementPath(element), element.layer]))
  const packageOf = (mention: Mention): string | null => {
    const layer = packages.get(elementPath(mention)) ?? 'workspace'
    return layer === 'base' || layer === 'workspace' ? null : layer
  }
  const objects = [...new Set(touched.map(({ path }) => objectIn(path)).filter(name => name !== null))]
  const views = await savedViews(database, workspace.schema, objects)
  const names = await keyNames(database, workspace.id)
  const uses = (await Promise.all(objects.map(object => fieldUses(database.pool, workspace.schema, { object }, new Date())))).flat()
  const clients = uses.map(({ lastAt, ...use }) => ({ ...use, lastAt: lastAt.toISOString(), name: names.get(use.key) ?? null }))
  return touched.map(thing => ({
    ...thing,
    mentions: thing.mentions.map(mention => ({ ...mention, package: packageOf(mention) })),
    views: viewsOf(thing, views, way.changes),
    clients: clients.filter(client => isUsed(thing, client)),
  }))
}

const objectIn = (path: string): string | null => (path.startsWith('objects/') ? (path.split('/')[1] ?? null) : null)

/** The name of the field that a path leads to; null for the path of anything else. */
const fieldIn = (path: string): string | null => /^objects\/[^/]+\/fields\/([^/]+)$/.exec(path)?.[1] ?? null

function isUsed({ path }: Pick<Touched, 'path'>, { object, field }: ClientUse): boolean {
  return objectIn(path) === object && (fieldIn(path) ?? field) === field
}

const savedViews = (database: Database, schema: string, objects: readonly string[]): Promise<ViewRow[]> =>
  rowsIn<ViewRow>(
    database.pool,
    schema,
    sql`select v.id, v.object, v.name, m.name as owner, v.definition ->> 'query' as query, v.definition -> 'columns' as columns,
        coalesce((v.definition ->> 'isShared')::boolean, false) as shared
      from ${workspaceTable('_view')} v left join ${workspaceTable('_member')} m on m.id = v.owner
      where v.object = any(${param(objects)}::text[]) order by v.name, v.id limit 5000`,
  )

function viewsOf({ path }: Touched, views: readonly ViewRow[], changes: readonly Change[]): TouchedViews {
  const object = objectIn(path)
  const field = fieldIn(path)
  const key = changes.map(noticedField).find(model => model?.object === object && model.name === field)?.key ?? field
  const found = views.filter(
    view => view.object === object && (field === null || [field, key].some(name => name !== null && namesField(view, name))),
  )
  return {
    shared: found.filter(({ shared }) => shared).map(({ id, name, object: of, owner }) => ({ id, name, object: of, owner })),
    others: found.filter(({ shared }) => !shared).length,
  }
}

/** Whether a saved view names a field: among its columns, its filters (`f=stage.in.new;…`) or its order. */
function namesField({ query, columns }: ViewRow, field: string): boolean {
  const params = new URLSearchParams(query)
  const named = [...(params.get('f') ?? '').split(';'), ...(params.get('sort') ?? '').split(/[,;]/)]
  const first = named.map(part => part.replace(/^-/, '').split(/[.:]/)[0])
  return (columns ?? []).some(column => column.split('.')[0] === field) || first.includes(field)
}
