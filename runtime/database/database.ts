import { join } from 'node:path'
import pg, { type Pool } from 'pg'
import type { DataSource } from 'typeorm'
import type { Config } from '../config.js'
import { createDataSource } from './data-source.js'
import type { DatabaseLog } from './database-log.js'
import { type EmbeddedDatabase, startEmbedded } from './embedded.js'
import { migrateFixedTables } from './migrate.js'
import { Watch } from './watch.js'

/** The opened database: TypeORM for the fixed tables, its pools for records. One per process; the token of Nest. */
export class Database {
  private counting: Pool | undefined
  /** Looks for work in all workspaces. */
  readonly watch: Watch

  constructor(
    readonly source: DataSource,
    /** Past any pooler: for LISTEN, migrations, schema changes and jobs. */
    readonly directUrl: string,
    /** Whether statements may be named. */
    readonly prepares: boolean,
    /** Whether the statements of a write are folded into one. */
    readonly folds: boolean,
    private readonly embedded: EmbeddedDatabase | null,
  ) {
    this.watch = new Watch(directUrl)
  }

  /** The pool that writes; reads too, unless replicas are configured. */
  get pool(): Pool {
    return (this.source.driver as unknown as Pools).master
  }

  /** Pools that may be behind by a moment; empty when no replica is configured. */
  get replicas(): readonly Pool[] {
    return (this.source.driver as unknown as Pools).slaves
  }

  /** One connection beside those of transactions, for numbers that nobody takes back: it never waits for any of them. */
  get counters(): Pool {
    if (!this.counting) {
      this.counting = new pg.Pool({ connectionString: this.directUrl, max: 1, idleTimeoutMillis: 60_000, allowExitOnIdle: true })
      // a broken idle connection is replaced when it is next asked for
      this.counting.on('error', () => undefined)
    }
    return this.counting
  }

  /** Gives back all connections, then stops the embedded PostgreSQL when there is one. */
  async close(): Promise<void> {
    await this.watch.stop()
    await this.counting?.end()
    if (this.source.isInitialized) await this.source.destroy()
    await this.embedded?.stop()
  }
}

interface Pools {
  readonly master: Pool
  readonly slaves: readonly Pool[]
}

/**
 * Opens the configured database, or starts the embedded one; brings all fixed tables up to date.
 * Throws when it cannot be reached or is older than PostgreSQL 15.
 */
export async function openDatabase(config: Pick<Config, 'database' | 'dataDirectory'>, log: DatabaseLog): Promise<Database> {
  const { database } = config
  const embedded = database.url ? null : await startEmbedded({ directory: join(config.dataDirectory), log: line => log.info(line) })
  const url = database.url ?? embedded?.url ?? ''
  const directUrl = database.directUrl ?? url
  try {
    await requireVersion(directUrl)
    await migrateFixedTables(directUrl, log)
    const source = createDataSource(url, database, error => log.error(error, 'A connection to the database broke'))
    await source.initialize()
    return new Database(source, directUrl, database.prepares, database.folds, embedded)
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

const leastVersion = 15

async function requireVersion(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect().catch((error: unknown) => {
    throw new Error(`The database at ${new URL(url).host} cannot be used: ${reasonOf(error)}`)
  })
  try {
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    const version = rows[0]?.server_version ?? ''
    if (Number.parseInt(version, 10) < leastVersion)
      throw new Error(`PostgreSQL ${leastVersion} or newer is needed; this one is ${version}.`)
  } finally {
    await client.end()
  }
}

/** A host with several addresses fails with one error for each, and no message of its own. */
const reasonOf = (error: unknown): string => {
  const { message, errors } = error as Partial<AggregateError>
  return message || (errors?.[0] ? reasonOf(errors[0]) : String(error))
}
