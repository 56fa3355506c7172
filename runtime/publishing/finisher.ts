import { setTimeout as pause } from 'node:timers/promises'
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import { render } from '@tessera/platform/sql/sql.js'
import { ddl } from '@tessera/platform/tables/ddl.js'
import { type Alteration, diffTables } from '@tessera/platform/tables/diff.js'
import { tables } from '@tessera/platform/tables/tables.js'
import pg from 'pg'
import { unhurried } from '../database/address.js'
import { readCatalog } from '../database/catalog.js'
import { Database } from '../database/database.js'
import type { Queryable } from '../database/queryable.js'
import { listSchemas } from '../database/schemas.js'
import { fillSince } from '../records/fill-since.js'
import { type Progress, refreshComputed } from '../records/refresh.js'
import { backfill, type Move, mendLate } from './backfill.js'
import { contract } from './contract.js'
import { lockOf } from './expand.js'
import type { Fill } from './fills.js'
import { endJob, jobsWait, openJobs, type PublishJob, takeJob, tellProgress } from './jobs.js'
import { Models } from './models.js'
import { offersOf } from './offers.js'
import { ownContext } from './own-context.js'
import { objectTables } from './plan.js'
import { settle } from './settle.js'

/** A part of a version that is still being built. */
export interface Building {
  readonly do: Alteration['do'] | 'backfill' | 'compute'
  readonly table: string
  readonly name: string
  readonly state: 'waiting' | 'failed'
  readonly error: string | null
  /** How far computing anew has come, once it has begun. */
  readonly progress?: Progress
}

const patience = 1_000
const day = 86_400_000

/** Builds what a publish leaves for later: indexes, validation of keys, values in their new columns. */
@Injectable()
export class Finisher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly running = new Map<string, Promise<void>>()
  private readonly clients = new Set<pg.Client>()
  private daily: NodeJS.Timeout | undefined
  private endWatch: () => void = () => undefined
  private readonly stopping = new AbortController()

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
  ) {}

  /** What a stopped process left is taken up again. */
  onApplicationBootstrap(): void {
    this.endWatch = this.database.watch.add({ waits: jobsWait, atStart: true, begin: schema => this.kick(schema) })
    this.daily = setInterval(() => void this.contractAll().catch(() => undefined), day).unref()
  }

  /** Drops what no version of the last 30 days uses, in every workspace. */
  async contractAll(): Promise<void> {
    for (const schema of await listSchemas(this.database.pool)) await contract(this.database.pool, schema, new Date())
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.daily)
    this.endWatch()
    this.stopping.abort()
    await Promise.allSettled([...this.clients].map(client => client.end()))
    await Promise.allSettled(this.running.values())
  }

  /** Begins to work on the jobs of a workspace, unless that is under way. */
  kick(schema: string): void {
    this.finish(schema).catch(() => undefined)
  }

  /** Works until a workspace has no job left; a process that is stopped leaves the rest to the next one. */
  finish(schema: string): Promise<void> {
    const before = this.running.get(schema) ?? Promise.resolve()
    const run = before.catch(() => undefined).then(() => this.work(schema))
    const kept = run.finally(() => this.running.get(schema) === kept && this.running.delete(schema)) as Promise<void>
    this.running.set(schema, kept)
    return kept
  }

  /**
   * What is still to be built, and what could not be.
   * @param lacking what the present version lacks, where that is known; looked up unless given
   */
  async building(schema: string, lacking?: readonly Alteration[]): Promise<Building[]> {
    const open = await openJobs(this.database.pool, schema)
    if (open.length === 0) return []
    const finish = open.find(({ kind }) => kind === 'publish.finish')
    const alterations = finish ? (lacking ?? (await this.alterations(this.database.pool, schema))) : []
    const moves = open.flatMap(({ data, state, error }): Building[] =>
      data.move ? [{ do: 'backfill', table: data.move.to.object, name: data.move.to.field, state, error }] : [],
    )
    const fills = open.flatMap(({ data, state, error }): Building[] =>
      data.fill
        ? [
            {
              do: 'compute',
              table: data.fill.object,
              name: data.fill.field,
              state,
              error,
              ...(data.progress ? { progress: data.progress } : {}),
            },
          ]
        : [],
    )
    const built = alterations.map(
      (alteration): Building => ({
        do: alteration.do,
        ...named(alteration),
        state: finish?.state ?? 'waiting',
        error: finish?.error ?? null,
      }),
    )
    return [...moves, ...built, ...fills]
  }

  private async work(schema: string): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const outcome = await this.withClient(holder => this.next(holder, schema))
      if (outcome === 'none') return
      if (outcome === 'later') await pause(patience, undefined, { signal: this.stopping.signal })
    }
  }

  /** Takes one job and does it; the transaction of `holder` only holds the job, the work has a connection of its own. */
  private async next(holder: pg.Client, schema: string): Promise<'done' | 'none' | 'later'> {
    if ((await openJobs(holder, schema)).every(({ state }) => state === 'failed')) return 'none'
    await holder.query('begin')
    const { rows } = await holder.query<{ locked: boolean }>('select pg_try_advisory_xact_lock($1) as locked', [lockOf(`finish ${schema}`)])
    const job = rows[0]?.locked ? await takeJob(holder, schema) : null
    if (!job) {
      await holder.query('rollback')
      return 'later'
    }
    const error = await this.withClient(client => this.perform(client, schema, job)).then(() => null, messageOf)
    if (this.stopping.signal.aborted) return 'none'
    const isThrough = await endJob(holder, schema, job, error)
    await holder.query('commit')
    return isThrough ? 'done' : 'later'
  }

  private async perform(client: Queryable, schema: string, job: PublishJob): Promise<void> {
    if (job.data.move) return this.move(client, schema, job.data.move)
    if (job.data.fill) return this.fill(client, schema, job, job.data.fill)
    const problems: string[] = []
    for (const alteration of await this.alterations(client, schema)) {
      for (const statement of ddl(alteration)) {
        const problem = await client.query(render(statement, schema).text).then(() => null, messageOf)
        if (problem) problems.push(problem)
      }
    }
    if (problems.length > 0) throw new Error(problems.join('\n'))
  }

  /** Carries values into the column of another type: at once, and again what the former version still wrote meanwhile. */
  private async move(client: Queryable, schema: string, move: Move): Promise<void> {
    await backfill(client, schema, move)
    await settle(client, this.stopping.signal)
    await backfill(client, schema, move)
    await mendLate(client, schema, move)
  }

  /** Computes a field anew by the present version; a field that is gone needs nothing. */
  private async fill(client: Queryable, schema: string, job: PublishJob, { object, field }: Fill): Promise<void> {
    await settle(client, this.stopping.signal)
    this.models.doubt(schema)
    const own = await ownContext(this.database, this.models, schema)
    if (!own) return
    const { model } = own
    const context = { ...own, channel: 'seed' } as const
    const computed = model.computed.find(one => one.object === object && one.field === field)
    const tell = async (progress: Progress) => {
      this.stopping.signal.throwIfAborted()
      await tellProgress(client, schema, job, progress)
    }
    const [at, since] = [model.objects[object], model.objects[object]?.fields[field]]
    if (computed) await refreshComputed(this.database, computed, context, tell)
    else if (at && since?.sinceOf) await fillSince(this.database, at, since, context, tell)
  }

  /** What the present version still lacks; asked anew each time, so that a crash at any point does not matter. */
  private async alterations(client: Queryable, schema: string): Promise<Alteration[]> {
    this.models.doubt(schema)
    const live = await this.models.current(schema)
    const has = objectTables(await readCatalog(client, schema))
    return diffTables(has, tables(live.model, await offersOf(client))).filter(({ phase }) => phase === 'finish')
  }

  private async withClient<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: unhurried(this.database.directUrl), application_name: 'tessera finish' })
    client.on('error', () => undefined)
    // never ended while it connects: pg would leave that promise open for ever
    await client.connect()
    this.clients.add(client)
    try {
      this.stopping.signal.throwIfAborted()
      return await work(client)
    } finally {
      this.clients.delete(client)
      await client.end().catch(() => undefined)
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function named(alteration: Alteration): { table: string; name: string } {
  switch (alteration.do) {
    case 'createIndex':
      return { table: alteration.table, name: alteration.index.name }
    case 'dropIndex':
    case 'validateConstraint':
      return { table: alteration.table, name: alteration.name }
    case 'addConstraint':
      return { table: alteration.table, name: alteration.constraint.name }
    case 'addColumn':
      return { table: alteration.table, name: alteration.column.name }
    case 'createTable':
      return { table: alteration.table.name, name: alteration.table.name }
    case 'hideColumn':
      return { table: alteration.table, name: alteration.column }
    case 'hideTable':
      return { table: alteration.table, name: alteration.table }
  }
}
