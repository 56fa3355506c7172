import pg from 'pg'
import { createDataSource } from './data-source.js'
import type { DatabaseLog } from './database-log.js'
import { schemaOf } from './schema.js'
import { fixedTablesNow, migrateWorkspace } from './workspace-migrations.js'

/** One node migrates at a time; the others wait here and then find nothing to do. */
const migrationLock = 7_355_608

/**
 * Brings the tables of `tessera` and the fixed tables of every workspace up to date.
 * @param url a direct connection, past any pooler
 */
export async function migrateFixedTables(url: string, log: DatabaseLog): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', error => log.error(error, 'The connection of the migrations broke'))
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await prepareDatabase(client, log)
    await migrateTessera(client, url, log)
  } finally {
    await client.end()
  }
}

async function prepareDatabase(client: pg.Client, log: DatabaseLog): Promise<void> {
  await client.query('begin')
  await client.query('set local citus.enable_schema_based_sharding = off')
  await client.query('create schema if not exists tessera')
  await client.query('commit')
  await client.query('create extension if not exists pg_trgm schema public').catch((error: Error) => {
    log.info(`Search runs without its index, because the extension pg_trgm cannot be made here: ${error.message}`)
  })
}

async function migrateTessera(client: pg.Client, url: string, log: DatabaseLog): Promise<void> {
  const options = { replicaUrls: [], prepares: false, poolSize: 2 }
  const source = createDataSource(url, options, error => log.error(error, 'A connection of the migrations broke'))
  await source.initialize()
  try {
    await source.runMigrations()
    const { rows } = await client.query<{ slug: string }>(
      'select slug from tessera.workspace where fixed_tables is distinct from $1 order by created_at',
      [fixedTablesNow],
    )
    for (const { slug } of rows) await migrateInTransaction(client, slug)
  } finally {
    await source.destroy()
  }
}

async function migrateInTransaction(client: pg.Client, slug: string): Promise<void> {
  await client.query('begin')
  try {
    await migrateWorkspace(client, schemaOf(slug))
    await client.query('commit')
    // apart: rows of the installation lie on another machine than those of a workspace may
    await client.query('update tessera.workspace set fixed_tables = $2 where slug = $1', [slug, fixedTablesNow])
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
