import { name, render } from '@tessera/platform/sql/sql.js'
import type { Database } from './database.js'
import { Workspace } from './entities/workspace.js'
import { newId } from './id.js'
import type { Queryable } from './queryable.js'
import { schemaOf, slugOf } from './schema.js'
import { runScript, type Script, scriptOf } from './script.js'
import { fixedTablesNow, newWorkspaceTables } from './workspace-migrations.js'

/** What a workspace is told when it is made; everything can be changed later except the slug. */
export interface WorkspaceSettings {
  readonly locale: string
  readonly timeZone: string
  readonly currency: string
  readonly fiscalYearStart: number
  readonly firstWeekday: number
}

export const defaultSettings: WorkspaceSettings = { locale: 'en', timeZone: 'UTC', currency: 'USD', fiscalYearStart: 1, firstWeekday: 1 }

const slugPattern = /^[a-z][a-z0-9-]{0,39}$/

/** What a new workspace gets in the transaction that makes it. */
export type Furnishing = (client: Queryable, workspace: Workspace) => Promise<void>

let tableScript: Script | undefined

/**
 * Makes a workspace: its row, its schema and the fixed tables in it, all or nothing.
 * @param furnish adds to it before anybody sees it
 * Throws when the slug is not of small letters, digits and hyphens, or is taken.
 */
export async function createWorkspace(
  database: Database,
  slug: string,
  title: string,
  settings: Partial<WorkspaceSettings> & { readonly demo?: boolean } = {},
  furnish: Furnishing = async () => undefined,
): Promise<Workspace> {
  if (!slugPattern.test(slug)) throw new Error(`"${slug}" cannot name a workspace: use small letters, digits and hyphens, up to 40.`)
  const schema = schemaOf(slug)
  return await database.source.transaction(async manager => {
    const runner = manager.queryRunner
    const client: Queryable = (await runner?.connect()) as Queryable
    await client.query(`create schema ${render(name(schema)).text}`)
    tableScript ??= scriptOf(newWorkspaceTables())
    await runScript(client, schema, tableScript)
    const row = {
      ...defaultSettings,
      demo: false,
      ...settings,
      id: newId(),
      slug,
      name: title,
      createdAt: new Date(),
      fixedTables: fixedTablesNow,
    }
    await manager.insert(Workspace, row)
    const workspace = manager.create(Workspace, row)
    await furnish(client, workspace)
    return workspace
  })
}

/** The workspace of a slug, or null. */
export async function findWorkspace(database: Database, slug: string): Promise<Workspace | null> {
  return await database.source.getRepository(Workspace).findOneBy({ slug })
}

/** The workspace that a schema holds, or null. */
export const workspaceIn = (database: Database, schema: string): Promise<Workspace | null> => findWorkspace(database, slugOf(schema))

/** All workspaces, oldest first. */
export async function listWorkspaces(database: Database): Promise<Workspace[]> {
  return await database.source.getRepository(Workspace).find({ order: { createdAt: 'ASC' } })
}

/** Removes a workspace with everything in it; for tests and the command line, there is no way back. */
export async function dropWorkspace(database: Database, slug: string): Promise<void> {
  await database.source.transaction(async manager => {
    await manager.query(`drop schema if exists ${render(name(schemaOf(slug))).text} cascade`)
    const workspace = await manager.findOneBy(Workspace, { slug })
    if (!workspace) return
    for (const table of ['session', 'api_key', 'invitation', 'membership'])
      await manager.query(`delete from tessera.${table} where workspace_id = $1`, [workspace.id])
    await manager.delete(Workspace, { id: workspace.id })
  })
}
