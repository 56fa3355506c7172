import { createHash } from 'node:crypto'
import pg from 'pg'
import { type Config, readConfig } from '../../runtime/config.js'
import { type Database, openDatabase } from '../../runtime/database/database.js'
import type { Workspace } from '../../runtime/database/entities/workspace.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { createWorkspace, dropWorkspace, type WorkspaceSettings } from '../../runtime/database/workspace.js'

const serverUrl = () => {
  const url = process.env.TESSERA_TEST_DATABASE
  if (!url) throw new Error('The PostgreSQL of the test run is not there; start the tests with "npm test"')
  return url
}

const urlOf = (name: string) => Object.assign(new URL(serverUrl()), { pathname: `/${name}` }).href

async function onServer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() })
  await client.connect()
  await work(client).finally(() => client.end())
}

const newName = (kind: string) => `${kind}_${createHash('sha256').update(`${process.pid} ${performance.now()}`).digest('hex').slice(0, 16)}`

const own = (name: string): OwnDatabase => ({
  url: urlOf(name),
  drop: () => onServer(client => client.query(`drop database if exists ${name} with (force)`)),
})

const exists = async (client: pg.Client, name: string) =>
  ((await client.query('select from pg_database where datname = $1', [name])).rowCount ?? 0) > 0

/** The database of this Jest worker, made when it is first asked for; its spec files share it one after another. */
export async function workerDatabaseUrl(): Promise<string> {
  const name = `worker_${process.env.JEST_WORKER_ID ?? '1'}`
  await onServer(async client => {
    if (!(await exists(client, name))) await client.query(`create database ${name}`)
  })
  return urlOf(name)
}

/** A database for one spec file alone. */
export interface OwnDatabase {
  readonly url: string
  drop(): Promise<void>
}

/** An empty database of its own, for what begins with nothing; `drop` it afterwards. */
export async function emptyDatabase(): Promise<OwnDatabase> {
  const name = newName('empty')
  await onServer(client => client.query(`create database ${name}`))
  return own(name)
}

/**
 * A database of its own that begins as a copy of a template; `drop` it afterwards.
 * @param template what the template is called; one of this name is made once in a run
 * @param make fills an empty database to be the template; must leave no connection to it
 */
export async function copiedDatabase(template: string, make: (url: string) => Promise<void>): Promise<OwnDatabase> {
  const copy = newName(template)
  await onServer(async client => {
    // one at a time: the others wait for the template, and nobody may be in a database that is copied
    await client.query('select pg_advisory_lock(1)')
    if (!(await exists(client, template))) await makeTemplate(client, template, make)
    await client.query(`create database ${copy} template ${template} strategy file_copy`)
  })
  return own(copy)
}

async function makeTemplate(client: pg.Client, template: string, make: (url: string) => Promise<void>): Promise<void> {
  const unfinished = newName(template)
  await client.query(`create database ${unfinished}`)
  await make(urlOf(unfinished))
  await client.query(`alter database ${unfinished} rename to ${template}`)
}

/** `TESSERA_TEST_SHARDED=on` runs the tests as if each schema lay on a machine of its own; behind a pooler that cannot be. */
const sharded = ({ DATABASE_PREPARE }: Readonly<Record<string, string>>): Record<string, string> =>
  process.env.TESSERA_TEST_SHARDED === 'on' && DATABASE_PREPARE !== 'off' ? { DATABASE_ISOLATE: 'on' } : {}

/** The configuration that tests use: any free port, little said, and no demo data. */
export function testConfig(url: string, environment: Record<string, string> = {}): Config {
  return readConfig({
    DATABASE_URL: url,
    PORT: '0',
    LOG_LEVEL: 'silent',
    TESSERA_DEMO: 'off',
    DATABASE_POOL: '5',
    DATABASE_FOLD: process.env.DATABASE_FOLD ?? 'on',
    ...sharded(environment),
    ...environment,
  })
}

/** Opens the database of this worker, with all fixed tables; close it in `afterAll`. */
export async function openTestDatabase(): Promise<Database> {
  const log = { info: () => undefined, error: (error: Error) => process.stderr.write(`${error.message}\n`) }
  return openDatabase(testConfig(await workerDatabaseUrl()), log)
}

/** A workspace of one spec file. */
export interface TestWorkspace {
  readonly database: Database
  readonly workspace: Workspace
  readonly schema: string
  /** Closes the database; call it in `afterAll`. */
  close(): Promise<void>
}

/**
 * A workspace with nothing but the fixed tables, made anew.
 * @param slug one per spec file, such as the file's name
 */
export async function createTestWorkspace(slug: string, settings: Partial<WorkspaceSettings> = {}): Promise<TestWorkspace> {
  const database = await openTestDatabase()
  await dropWorkspace(database, slug)
  const workspace = await createWorkspace(database, slug, slug, settings)
  return { database, workspace, schema: schemaOf(slug), close: () => database.close() }
}

/** A connection of whoever owns all workspaces, whatever a node's own may see; end it. */
export async function owning({ directUrl }: Pick<Database, 'directUrl'>): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: directUrl })
  await client.connect()
  return client
}
