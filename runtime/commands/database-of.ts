import { type Config, readConfig } from '../config.js'
import { type Database, openDatabase } from '../database/database.js'
import type { DatabaseLog } from '../database/database-log.js'
import { runningEmbedded, startEmbedded } from '../database/embedded.js'
import type { Workspace } from '../database/entities/workspace.js'
import { findWorkspace, listWorkspaces } from '../database/workspace.js'

const log: DatabaseLog = {
  info: line => process.stderr.write(`${line}\n`),
  error: error => process.stderr.write(`${error.message}\n`),
}

/** The configuration; the embedded database of a product that runs beside this command is joined, not started. */
async function config(): Promise<Config> {
  const read = readConfig(process.env)
  const url = read.database.url ?? (await runningEmbedded(read.dataDirectory))
  return { ...read, database: { ...read.database, url } }
}

/** Opens the configured database for one command, its tables brought up to date, and closes it whatever happens. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(await config(), log)
  return work(database).finally(() => database.close())
}

/** Starts the configured database when nobody has, for a command that takes it as it is; gives a direct address of it. */
export async function withServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const { database, dataDirectory } = await config()
  const url = database.directUrl ?? database.url
  if (url) return work(url)
  const embedded = await startEmbedded({ directory: dataDirectory, log: log.info })
  return work(embedded.url).finally(() => embedded.stop())
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
