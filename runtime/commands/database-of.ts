import { readConfig } from '../config.js'
import { type Database, openDatabase } from '../database/database.js'
import type { Workspace } from '../database/entities/workspace.js'
import { findWorkspace, listWorkspaces } from '../database/workspace.js'

/** Opens the configured database for one command, and closes it whatever happens. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(readConfig(process.env), {
    info: line => process.stderr.write(`${line}\n`),
    error: error => process.stderr.write(`${error.message}\n`),
  })
  return work(database).finally(() => database.close())
}

/** The workspace of a slug; without one, the only workspace there is. Throws with the slugs to choose from. */
export async function chooseWorkspace(database: Database, slug: string | undefined): Promise<Workspace> {
  const all = await listWorkspaces(database)
  const found = slug === undefined ? (all.length === 1 ? all[0] : null) : await findWorkspace(database, slug)
  if (found) return found
  const known = all.map(workspace => workspace.slug).join(', ') || 'none yet'
  throw new Error(
    slug === undefined ? `Choose a workspace with --workspace: ${known}.` : `There is no workspace "${slug}". There are: ${known}.`,
  )
}
