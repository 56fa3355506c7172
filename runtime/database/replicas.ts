import type { Pool, QueryConfig } from 'pg'
import type { DataSource } from 'typeorm'
import type { DatabaseLog } from './database-log.js'
import { Listener } from './listener.js'
import { type Position, positionOf, Replica, type Sample } from './replica.js'

/** The channel on which nodes tell each other who has to see what was just written. */
const channel = 'tessera_written'
/** How often the positions of all are asked, and how long that may take. */
const every = 200
const patience = 2_000
/** So many readers are remembered; beyond, everybody waits for what the last of them wrote. */
const mostReaders = 10_000
/** A notification holds at most 8,000 bytes. */
const readersOfOne = 100

export interface ReplicaOptions {
  readonly urls: readonly string[]
  /** Milliseconds that a replica may be behind before nothing is read from it. */
  readonly lag: number
  /** Of the primary, past any pooler. */
  readonly directUrl: string
}

/**
 * Read-only copies of the database, and who may read from which. Whoever wrote, or was told of a change, reads from a copy only once it
 * has replayed the log up to there: positions are compared, so nobody waits for a time that is guessed. All nodes hear of it before the
 * write is answered.
 */
export class Replicas {
  private readonly all: readonly Replica[]
  private readonly listener: Listener
  private readonly readers = new Map<string, Position>()
  private samples: Sample[] = []
  /** What anybody must see; null when not known, until the primary was asked again. */
  private least: Position | null = 0n
  private readonly waiting = new Set<string>()
  private next: Promise<void> | null = null
  private running: Promise<unknown> = Promise.resolve()
  private turn = 0
  private timer: NodeJS.Timeout | null = null
  private round: Promise<void> = Promise.resolve()
  private isStopped = false

  constructor(
    private readonly source: DataSource,
    private readonly options: ReplicaOptions,
    private readonly log: DatabaseLog,
  ) {
    this.all = options.urls.map(url => new Replica(url))
    this.listener = new Listener(options.directUrl, channel, told => this.heard(told))
  }

  /** Begins to watch the replicas; those that are away are looked for again and again. */
  start(): void {
    void this.listener.start()
    this.watch()
  }

  /** Stops watching; the pools end with their data source. */
  async stop(): Promise<void> {
    this.isStopped = true
    if (this.timer) clearTimeout(this.timer)
    await Promise.all([this.listener.stop(), this.round])
  }

  /**
   * A replica that holds all that these readers must see, or null when the primary has to answer.
   * @param readers a member, and the schema of their workspace
   */
  poolFor(readers: readonly string[]): Pool | null {
    if (this.least === null || !this.listener.isHearing) return null
    const since = performance.now() - this.options.lag
    let position = this.least
    for (const reader of readers) {
      const wanted = this.readers.get(reader) ?? 0n
      if (wanted > position) position = wanted
    }
    const able = this.all.filter(({ pool, isAway, replayed, holds }) => pool && !isAway && holds >= since && replayed >= position)
    return able[this.turn++ % able.length]?.pool ?? null
  }

  /** A read from this pool broke: nothing is read from it until it answers again. */
  failed(pool: Pool): void {
    for (const replica of this.all) if (replica.pool === pool) this.lose(replica)
  }

  /** From now on these see at least what is committed by now, on all nodes. Many who write at once share a statement. */
  mustSee(readers: readonly string[]): Promise<void> {
    for (const reader of readers) this.waiting.add(reader)
    this.next ??= this.running.then(() => {
      this.next = null
      const tell = this.tell()
      this.running = tell
      return tell
    })
    return this.next
  }

  private async tell(): Promise<void> {
    const readers = [...this.waiting]
    this.waiting.clear()
    try {
      for (let from = 0; from < readers.length; from += readersOfOne) {
        const some = readers.slice(from, from + readersOfOne)
        const { rows } = await this.primary.query<{ told: string }>(telling, [channel, some.join(' ')])
        this.heard(rows[0]?.told ?? null)
      }
    } catch {
      this.least = null
    }
  }

  private heard(told: string | null): void {
    const [at, ...readers] = told?.split(' ') ?? []
    if (at === undefined) {
      this.least = null
      return
    }
    const position = positionOf(at)
    for (const reader of readers) if (position > (this.readers.get(reader) ?? 0n)) this.readers.set(reader, position)
    if (this.readers.size <= mostReaders) return
    this.readers.clear()
    if (this.least !== null && position > this.least) this.least = position
  }

  private watch(): void {
    this.round = this.look().catch(() => undefined)
    void this.round.then(() => {
      if (!this.isStopped) this.timer = setTimeout(() => this.watch(), every)
    })
  }

  /** Asks the primary first: what a replica holds afterwards, it holds of the moment before. */
  private async look(): Promise<void> {
    const moment = performance.now()
    const isDoubtful = this.least === null
    const { rows } = await this.primary.query<{ at: string }>(written)
    const position = positionOf(rows[0]?.at ?? '0/0')
    if (isDoubtful) this.least = position
    this.samples = [...this.samples.filter(sample => sample.moment > moment - this.options.lag), { moment, position }]
    for (const replica of this.all) void this.ask(replica)
    const behind = this.all.reduce<Position>((least, { replayed }) => (replayed < least ? replayed : least), position)
    for (const [reader, wanted] of this.readers) if (wanted <= behind) this.readers.delete(reader)
  }

  /** One that does not answer holds up nobody else. */
  private async ask(replica: Replica): Promise<void> {
    if (replica.isAsked || this.isStopped) return
    replica.isAsked = true
    const { samples } = this
    try {
      replica.pool ??= await this.open(replica.url)
      const { rows } = await replica.pool.query<{ at: string | null }>(replaying as QueryConfig)
      const at = rows[0]?.at
      if (typeof at !== 'string') throw new Error('it replays no log, so it is no streaming replica')
      if (replica.isAway) this.log.info(`The replica at ${hostOf(replica)} answers again.`)
      replica.reached(positionOf(at), samples)
    } catch (error) {
      this.lose(replica, error)
    } finally {
      replica.isAsked = false
    }
  }

  private lose(replica: Replica, error?: unknown): void {
    if (!replica.isAway && !this.isStopped)
      this.log.error(
        error instanceof Error ? error : new Error('A read from it failed'),
        `The replica at ${hostOf(replica)} is not read from; the primary answers instead`,
      )
    replica.isAway = true
  }

  /** TypeORM opens a pool when it starts, and fails when one of them is away; so each is opened when it first answers. */
  private async open(url: string): Promise<Pool> {
    const driver = this.source.driver as unknown as PoolMaker
    const options = { ...driver.options, connectTimeoutMS: patience, extra: { ...driver.options.extra, query_timeout: longestRead } }
    const pool = await driver.createPool(options, { url })
    if (this.isStopped) await pool.end()
    else driver.slaves.push(pool)
    return pool
  }

  private get primary(): Pool {
    return (this.source.driver as unknown as PoolMaker).master
  }
}

/** Milliseconds after which a read is given up whose connection says nothing more; longer than any operation may take. */
const longestRead = 20_000

const written = 'select pg_current_wal_insert_lsn()::text as at'
const replaying = { text: 'select pg_last_wal_replay_lsn()::text as at', query_timeout: patience }
const telling = `with told as materialized (select pg_current_wal_insert_lsn()::text || ' ' || $2 as told) select told, pg_notify($1, told) from told`

const hostOf = ({ url }: Replica) => (URL.canParse(url) ? new URL(url).host : 'an address that cannot be read')

/** What TypeORM's driver of PostgreSQL can, beyond its published types. */
interface PoolMaker {
  readonly master: Pool
  readonly slaves: Pool[]
  readonly options: { readonly extra?: Readonly<Record<string, unknown>> }
  createPool(options: unknown, credentials: { readonly url: string }): Promise<Pool>
}
