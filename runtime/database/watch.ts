import { join, type Sql, sql } from '@tessera/platform/sql/sql.js'
import pg from 'pg'
import { rowsIn } from './rows-in.js'
import { listSchemas } from './schemas.js'
import { sqlState } from './transaction.js'

/** Work that is looked for in every workspace. */
export interface Watched {
  /** Whether something is to be done: a condition over the fixed tables of a workspace, without values. */
  readonly waits: Sql
  /** When something will be to be done by itself: an instant over the same tables, null for never. */
  readonly due?: Sql
  /** Looked for once at the start only: what is found later is told of by whoever leaves it. */
  readonly atStart?: boolean
  /** Told where something waits; must not throw, and begins without being awaited. */
  readonly begin: (schema: string) => void
}

const tick = 1_000
/** A workspace in which something happened is looked at each second for so long, in milliseconds. */
const awakeFor = 60_000
const mostAwake = 25
/** Of those in which nothing happens, so many are looked at in a second, in turn: their number costs time, not work. */
const mostAsleep = 5
/** The first time around, so many: what a stopped process left is taken up soon. */
const mostAtStart = 50
const listedFor = 10_000
/** PostgreSQL keeps what it knows of every table that a connection has seen; so this one is replaced after so many looks. */
const looksOfConnection = 500

interface Looked {
  readonly waits: readonly boolean[]
  readonly due: number | null
}

/**
 * Looks for work behind the requests, for all kinds of it with one statement in a workspace. Signals begin most of it at once; this finds
 * what a lost signal, another node or a stopped process left: within a second or two where people work, else within a second for every
 * five workspaces. What is due at a time begins at that time.
 */
export class Watch {
  private readonly kinds = new Set<Watched>()
  private readonly awake = new Map<string, number>()
  private readonly due = new Map<string, number>()
  private schemas: readonly string[] = []
  private listedAt = 0
  private next = 0
  private isFirst = true
  private timer: NodeJS.Timeout | null = null
  private running: Promise<void> | null = null
  private connection: pg.Pool | null = null

  /** @param url of the database; a connection of its own, one at a time */
  constructor(private readonly url: string) {}

  /** Begins to look for a kind of work; gives what ends that. */
  add(kind: Watched): () => void {
    this.kinds.add(kind)
    this.timer ??= setTimeout(() => this.start(), 0)
    return () => this.kinds.delete(kind)
  }

  /** Something happens in a workspace: it is looked at each second for a while. */
  wake(schema: string): void {
    this.awake.delete(schema)
    this.awake.set(schema, Date.now() + awakeFor)
  }

  /** Waits for the look that is under way, and ends its connection. */
  async stop(): Promise<void> {
    this.kinds.clear()
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    await this.running
    await this.connection?.end()
    this.connection = null
  }

  private start(): void {
    this.running = this.round()
      .catch(() => undefined) // a database that is away is asked again
      .finally(() => {
        this.running = null
        this.timer = this.kinds.size === 0 ? null : setTimeout(() => this.start(), tick)
      })
  }

  private async round(): Promise<void> {
    await this.list()
    const { isFirst } = this
    for (const schema of this.chosen()) {
      if (this.kinds.size === 0) return
      await this.look(schema, isFirst).catch((error: unknown) => {
        // one that is gone does not keep the others waiting
        if (!isGone(error)) throw error
        this.awake.delete(schema)
        this.due.delete(schema)
      })
    }
  }

  private async list(): Promise<void> {
    if (Date.now() - this.listedAt < listedFor) return
    this.schemas = await listSchemas(this.pool())
    this.listedAt = Date.now()
  }

  /** Whom to look at this time: what is due, some that are awake, the next of the others. */
  private chosen(): Set<string> {
    const now = Date.now()
    const chosen = new Set<string>()
    for (const [schema, at] of this.due) if (at <= now) chosen.add(schema)
    for (const [schema, until] of this.awake) if (until < now) this.awake.delete(schema)
    for (const schema of [...this.awake.keys()].slice(0, mostAwake)) {
      chosen.add(schema)
      // behind those that were not looked at this time
      const until = this.awake.get(schema) ?? now
      this.awake.delete(schema)
      this.awake.set(schema, until)
    }
    const count = Math.min(this.schemas.length, this.isFirst ? mostAtStart : mostAsleep)
    for (let index = 0; index < count; index++) {
      const schema = this.schemas[this.next++]
      if (schema !== undefined) chosen.add(schema)
      if (this.next >= this.schemas.length) [this.next, this.isFirst] = [0, false]
    }
    return chosen
  }

  private async look(schema: string, isFirst: boolean): Promise<void> {
    const kinds = [...this.kinds].filter(({ atStart }) => !atStart || isFirst)
    const { waits, due } = await this.ask(schema, kinds)
    if (due === null) this.due.delete(schema)
    else this.due.set(schema, due)
    kinds.forEach(({ begin }, index) => {
      if (!waits[index]) return
      this.wake(schema)
      begin(schema)
    })
  }

  private async ask(schema: string, kinds: readonly Watched[]): Promise<Looked> {
    const times = kinds.flatMap(({ due }) => (due ? [sql`(${due})`] : []))
    const due = times.length === 0 ? sql`null` : sql`extract(epoch from least(${join(times)})) * 1000`
    const waits = join(kinds.map(kind => sql`(${kind.waits})`))
    const [row] = await rowsIn<Looked & { readonly [column: string]: unknown }>(
      this.pool(),
      schema,
      sql`select array[${waits}]::boolean[] as waits, (${due})::float8 as due`,
    )
    return row ?? { waits: [], due: null }
  }

  private pool(): pg.Pool {
    if (this.connection) return this.connection
    const connectionString = this.url
    this.connection = new pg.Pool({
      connectionString,
      max: 1,
      maxUses: looksOfConnection,
      allowExitOnIdle: true,
      application_name: 'tessera watch',
    })
    // a broken idle connection is replaced when it is next asked for
    this.connection.on('error', () => undefined)
    return this.connection
  }
}

/** Whether the tables of a workspace are not there. */
const isGone = (error: unknown): boolean => /^(3F000|42P01)$/.test(sqlState(error))
