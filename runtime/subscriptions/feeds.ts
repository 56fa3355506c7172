import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import type { Caller } from '../access/caller.js'
import { WhoAsks } from '../access/who-asks.js'
import { Database } from '../database/database.js'
import type { FollowAsked, Followed } from '../graphql/following.js'
import { checkKeyLimits } from '../graphql/key-limits.js'
import type { RequestContext } from '../graphql/request-context.js'
import { SchemaEntries } from '../graphql/schema-entries.js'
import { type LiveModel, Models } from '../publishing/models.js'
import { OutboxSignal } from '../records/outbox-signal.js'
import { RequestError } from '../request-error.js'
import { lastPosition, positionOf, positionSecondsAgo } from '../workflows/outbox.js'
import { type Connection, closing } from './connection.js'
import { eventOf } from './cursor.js'
import { Feed, type FeedGround } from './feed.js'
import { Subscriber } from './subscriber.js'

/** How often feeds are looked after without a signal, and everybody's session without an event. */
const every = 1_000
const lookEvery = 60_000

/** A new subscription is also told of what happened in the last seconds, so that who reads and subscribes at once misses nothing. */
const overlap = 3
/** Who goes on behind a cursor with more events after it reads anew. */
const mostBehind = 50_000

/** A feed and what goes on in it. */
interface Running {
  readonly feed: Feed
  work: Promise<void> | null
  again: boolean
  live: LiveModel | null
  lookedAt: number
  doubts: number
}

/** Who follows records on this node, workspace by workspace. */
@Injectable()
export class Feeds implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('subscriptions')
  private readonly feeds = new Map<string, Running>()
  private readonly ground: FeedGround
  private timer: NodeJS.Timeout | null = null
  private isStopping = false

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(SchemaEntries) private readonly entries: SchemaEntries,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
    @Inject(OutboxSignal) private readonly signal: OutboxSignal,
  ) {
    this.ground = {
      database,
      current: schema => models.current(schema),
      callerOf: subscriber => this.callerOf(subscriber.connection),
      replan: (subscriber, caller, live) => this.replan(subscriber, caller, live),
      contextOf: (caller, live) => this.contextOf(caller, live),
      report: error => this.log.error(error),
    }
  }

  onApplicationBootstrap(): void {
    this.signal.follow(written => this.heard(written))
  }

  /** Stops reading; whoever still listens has been closed before. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true
    if (this.timer) clearTimeout(this.timer)
    await Promise.allSettled([...this.feeds.values()].map(({ work }) => work))
  }

  /**
   * Begins to follow records.
   * Throws the request error, or the error of the document, that a query with the same mistake would answer with.
   */
  async follow(connection: Connection, asked: FollowAsked): Promise<Subscriber> {
    const caller = await this.callerOf(connection)
    if (!caller) throw new RequestError('UNAUTHENTICATED', [issue('SIGN_IN_NEEDED', '')])
    const { schema } = caller.workspace
    const live = await this.models.current(schema)
    const followed = this.plan(asked, caller, live)
    const { position, isBehind } = await this.begin(schema, followed.after)
    const subscriber = new Subscriber(connection, asked, followed, position, gone => this.leave(schema, gone))
    subscriber.profileKey = keyOf(this.contextOf(caller, live))
    if (isBehind) subscriber.mailbox.putAgain()
    connection.mailboxes.add(subscriber.mailbox)
    this.feedOf(schema).feed.subscribers.add(subscriber)
    this.kick(schema)
    return subscriber
  }

  /** How many subscriptions a member has on this node. */
  countOf({ caller }: Connection): number {
    let count = 0
    for (const { connection } of this.feeds.get(caller.workspace.schema)?.feed.subscribers ?? [])
      if (connection.caller.member.id === caller.member.id) count++
    return count
  }

  private plan(asked: FollowAsked, caller: Caller, live: LiveModel): Followed {
    const context = this.contextOf(caller, live)
    const entry = this.entries.of(context)
    if (caller.limits) checkKeyLimits(entry.schema, context.profile.model, caller.limits, { ...asked, query: entry.inPresent(asked.query) })
    return entry.following.follow(asked)
  }

  /** Where to begin: behind the cursor, or with the last seconds. */
  private async begin(schema: string, after: string | null): Promise<{ readonly position: number; readonly isBehind: boolean }> {
    const { pool } = this.database
    if (after === null) return { position: await positionSecondsAgo(pool, schema, overlap), isBehind: false }
    const event = eventOf(after)
    const position = event === null ? null : await positionOf(pool, schema, event)
    const last = await lastPosition(pool, schema)
    return position === null || last - position > mostBehind ? { position: last, isBehind: true } : { position, isBehind: false }
  }

  private leave(schema: string, subscriber: Subscriber): void {
    subscriber.connection.mailboxes.delete(subscriber.mailbox)
    this.feeds.get(schema)?.feed.subscribers.delete(subscriber)
  }

  private async callerOf(connection: Connection): Promise<Caller | null> {
    const caller = await this.whoAsks.stillAsks(connection.headers, connection.ip)
    if (caller) connection.caller = caller
    else connection.close(closing.forbidden)
    return caller
  }

  private replan(subscriber: Subscriber, caller: Caller, live: LiveModel): boolean {
    const key = keyOf(this.contextOf(caller, live))
    if (key === subscriber.profileKey) return true
    try {
      subscriber.followed = this.plan(subscriber.asked, caller, live)
      subscriber.profileKey = key
      // what the subscriber holds was read with other rights or from another model
      subscriber.mailbox.putAgain()
      return true
    } catch (error) {
      subscriber.mailbox.fail(error)
      return false
    }
  }

  private contextOf(caller: Caller, live: LiveModel): RequestContext {
    return { caller, live, profile: this.models.profile(live, caller.roles) }
  }

  private feedOf(schema: string): Running {
    const known = this.feeds.get(schema)
    if (known) return known
    const made: Running = {
      feed: new Feed(schema, this.ground),
      work: null,
      again: false,
      live: null,
      lookedAt: Date.now(),
      doubts: this.whoAsks.doubtCount,
    }
    this.feeds.set(schema, made)
    this.timer ??= setTimeout(() => this.tick(), every)
    return made
  }

  private heard(schema: string | null): void {
    if (schema !== null) this.kick(schema)
    else for (const name of this.feeds.keys()) this.kick(name)
  }

  private tick(): void {
    for (const [schema, { feed, work }] of this.feeds) {
      if (feed.subscribers.size === 0 && work === null) this.feeds.delete(schema)
      else this.kick(schema)
    }
    this.timer = this.isStopping ? null : setTimeout(() => this.tick(), every)
  }

  private kick(schema: string): void {
    const running = this.feeds.get(schema)
    if (!running || this.isStopping) return
    running.again = true
    running.work ??= this.run(schema, running)
  }

  private async run(schema: string, running: Running): Promise<void> {
    try {
      while (running.again && !this.isStopping) {
        running.again = false
        await running.feed.readOn(() => this.isStopping)
        await this.lookAfter(schema, running)
      }
    } catch (error) {
      this.log.error(error)
    } finally {
      running.work = null
    }
  }

  /** Everybody is looked after when the model or members changed, else once a minute. */
  private async lookAfter(schema: string, running: Running): Promise<void> {
    const live = await this.models.current(schema)
    const { doubtCount } = this.whoAsks
    if (live === running.live && doubtCount === running.doubts && Date.now() - running.lookedAt < lookEvery) return
    Object.assign(running, { live, doubts: doubtCount, lookedAt: Date.now() })
    await running.feed.lookAfter()
  }
}

/** What a plan depends on. */
const keyOf = ({ live, profile }: RequestContext): string => `${live.hash} ${profile.key}`
