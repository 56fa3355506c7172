import { join } from 'node:path'
import pg, { type Pool, type QueryConfig, type QueryResult } from 'pg'
import type { DataSource } from 'typeorm'
import type { Config } from '../config.js'
import { findingNothing, unhurried } from './address.js'
import { createDataSource } from './data-source.js'
import type { DatabaseLog } from './database-log.js'
import { type EmbeddedDatabase, startEmbedded } from './embedded.js'
import { clientKind } from './isolating-client.js'
import { isBroken } from './lost.js'
import { migrateFixedTables } from './migrate.js'
import { Replicas } from './replicas.js'
import { sqlState } from './transaction.js'
import { Watch } from './watch.js'
import { queryWithin } from './within.js'

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
    /** Whether each statement runs as a role that sees one schema only. */
    readonly isolates: boolean,
    private readonly embedded: EmbeddedDatabase | null,
    private readonly replicas: Replicas | null = null,
  ) {
    this.watch = new Watch(directUrl)
  }

  /** The pool that writes, and reads what must be as it is now. */
  get pool(): Pool {
    return (this.source.driver as unknown as { readonly master: Pool }).master
  }

  /**
   * Sends a statement that only reads records: to a replica that holds all that the caller must see, where there is one. What fails there
   * for another reason than the statement itself is asked of the primary.
   * @param budget milliseconds that PostgreSQL may take
   */
  read(caller: Reader, statement: QueryConfig, budget: number): Promise<Answered> {
    const replica = this.replicas?.poolFor(readersOf(caller))
    return replica ? this.readThere(replica, statement, budget) : queryWithin(this.pool, statement, budget)
  }

  private async readThere(pool: Pool, statement: QueryConfig, budget: number): Promise<Answered> {
    try {
      return await queryWithin(pool, statement, budget)
    } catch (error) {
      if (isOfStatement(error)) throw error
      if (isBroken(error)) this.replicas?.failed(pool)
      return queryWithin(this.pool, statement, budget)
    }
  }

  /** After a write of somebody's: what they read next shows it, on whichever node. Costs nothing without replicas. */
  async showTo(callers: readonly Reader[]): Promise<void> {
    if (callers.length > 0) await this.replicas?.mustSee(callers.map(({ member }) => member.id))
  }

  /** After a change of who may see what in a workspace: what anybody there reads next obeys it, on whichever node. */
  async showToAll(workspace: Reader['workspace']): Promise<void> {
    await this.replicas?.mustSee([workspace.schema])
  }

  /** One connection beside those of transactions, for numbers that nobody takes back: it never waits for any of them. */
  get counters(): Pool {
    if (!this.counting) {
      const Client = clientKind(this.isolates)
      this.counting = new pg.Pool({ connectionString: this.directUrl, max: 1, idleTimeoutMillis: 60_000, allowExitOnIdle: true, Client })
      // a broken idle connection is replaced when it is next asked for
      this.counting.on('error', () => undefined)
    }
    return this.counting
  }

  /** Gives back all connections, then stops the embedded PostgreSQL when there is one. */
  async close(): Promise<void> {
    await this.watch.stop()
    await this.replicas?.stop()
    await this.counting?.end()
    if (this.source.isInitialized) await this.source.destroy()
    await this.embedded?.stop()
  }
}

type Answered = QueryResult<Record<string, unknown>>

/** Who reads: a member of a workspace. */
interface Reader {
  readonly member: { readonly id: string }
  readonly workspace: { readonly schema: string }
}

const readersOf = ({ member, workspace }: Reader) => [member.id, workspace.schema]

/** Values that do not fit, too long a time, too complex: the primary would say the same. */
const isOfStatement = (error: unknown): boolean => /^(22|54|57014)/.test(sqlState(error))

/**
 * Opens the configured database, or starts the embedded one; brings all fixed tables up to date.
 * Throws when it cannot be reached or is older than PostgreSQL 15.
 */
export async function openDatabase(config: Pick<Config, 'database' | 'dataDirectory'>, log: DatabaseLog): Promise<Database> {
  const { database } = config
  const embedded = database.url ? null : await startEmbedded({ directory: join(config.dataDirectory), log: line => log.info(line) })
  const placed = (address: string) => (database.isolates ? findingNothing(address) : address)
  const url = placed(database.url ?? embedded?.url ?? '')
  const directUrl = database.directUrl ? placed(database.directUrl) : url
  try {
    await requireVersion(directUrl)
    await migrateFixedTables(unhurried(directUrl), log, database.isolates)
    const source = createDataSource(url, database, error => log.error(error, 'A connection to the database broke'))
    await source.initialize()
    const { replicaUrls, replicaLag } = database
    const urls = replicaUrls.map(placed)
    const replicas = urls.length > 0 ? new Replicas(source, { urls, lag: replicaLag * 1000, directUrl }, log) : null
    replicas?.start()
    return new Database(source, directUrl, database.prepares, database.folds, database.isolates, embedded, replicas)
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
