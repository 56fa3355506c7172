import type { Caller } from '../access/caller.js'
import type { Database } from '../database/database.js'
import { expected } from '../graphql/executor.js'
import type { FollowPlanned } from '../graphql/following.js'
import { type RequestContext, slotsOf } from '../graphql/request-context.js'
import type { LiveModel } from '../publishing/models.js'
import { RequestError } from '../request-error.js'
import { followedAfter, hasEventsAfter, lastPosition, relayEvents } from '../workflows/outbox.js'
import { cursorOf } from './cursor.js'
import { type Judged, judge } from './judging.js'
import type { Subscriber } from './subscriber.js'
import { linksOf, type ToldEvent, toldEvents } from './told-events.js'

/** So many events are judged in one batch, and so many batches at most before somebody far behind is told to read again. */
const batchSize = 500
const mostBatches = 4

/** What a feed needs of the node that it runs on. */
export interface FeedGround {
  readonly database: Database
  current(schema: string): Promise<LiveModel>
  /** Who is at the end of a connection now; null when nobody, which closes it. */
  callerOf(subscriber: Subscriber): Promise<Caller | null>
  /** Plans a subscription anew when model or rights are others than when it was planned; false when it ended by that. */
  replan(subscriber: Subscriber, caller: Caller, live: LiveModel): boolean
  contextOf(caller: Caller, live: LiveModel): RequestContext
  report(error: unknown): void
}

/** The events of one workspace, for everybody on this node who follows its records. */
export class Feed {
  readonly subscribers = new Set<Subscriber>()

  constructor(
    private readonly schema: string,
    private readonly ground: FeedGround,
  ) {}

  /** Reads on from where the last one stands, until all have been told of everything. */
  async readOn(isStopping: () => boolean): Promise<void> {
    const { pool } = this.ground.database
    if (this.subscribers.size === 0 || !(await hasEventsAfter(pool, this.schema, this.leastPosition()))) return
    await relayEvents(pool, this.schema)
    const batches = new Map<Subscriber, number>()
    while (!isStopping() && this.subscribers.size > 0) {
      const present = [...this.subscribers]
      const { model } = await this.ground.current(this.schema)
      const followed = new Set(present.map(one => one.followed.planned.object))
      const links = linksOf(followed, model)
      const from = this.leastPosition()
      const { events, end } = await followedAfter(pool, this.schema, from, { objects: [...followed, ...links], links }, batchSize)
      if (end <= from) return
      await this.deliver(present, toldEvents(events, model))
      for (const one of present) one.position = Math.max(one.position, end)
      for (const one of present) batches.set(one, (batches.get(one) ?? 0) + 1)
      if (events.length === batchSize) await this.skipAhead(batches)
    }
  }

  /** Looks after everybody without waiting for an event: who may not stay is closed, who sees another model is told so. */
  async lookAfter(): Promise<void> {
    const live = await this.ground.current(this.schema)
    for (const one of this.subscribers) {
      const caller = await this.ground.callerOf(one)
      if (caller) this.ground.replan(one, caller, live)
    }
  }

  private leastPosition(): number {
    let least = Number.POSITIVE_INFINITY
    for (const { position } of this.subscribers) least = Math.min(least, position)
    return least
  }

  /** Who is told of thousands of changes at once reads faster by itself. */
  private async skipAhead(batches: ReadonlyMap<Subscriber, number>): Promise<void> {
    const late = [...batches].flatMap(([one, count]) => (count >= mostBatches ? [one] : []))
    if (late.length === 0) return
    const last = await lastPosition(this.ground.database.pool, this.schema)
    for (const one of late) {
      one.position = Math.max(one.position, last)
      one.mailbox.putAgain()
    }
  }

  private async deliver(present: readonly Subscriber[], events: readonly ToldEvent[]): Promise<void> {
    if (events.length === 0) return
    const live = await this.ground.current(this.schema)
    const groups = new Map<FollowPlanned, Judged<Subscriber>[]>()
    const at = new Date()
    const changed = new Set(events.map(({ object }) => object))
    for (const subscriber of present) {
      if (!changed.has(subscriber.followed.planned.object)) continue
      const caller = await this.ground.callerOf(subscriber)
      if (!caller || !this.ground.replan(subscriber, caller, live)) continue
      const { planned, variables, ids } = subscriber.followed
      const env = { variables, context: slotsOf(this.ground.contextOf(caller, live), at) }
      const group = groups.get(planned) ?? []
      group.push({ subscriber, env, position: subscriber.position, ids })
      groups.set(planned, group)
    }
    for (const [planned, judged] of groups) await this.tell(planned, judged, events, live)
  }

  private async tell(
    planned: FollowPlanned,
    judged: readonly Judged<Subscriber>[],
    events: readonly ToldEvent[],
    live: LiveModel,
  ): Promise<void> {
    const object = live.model.objects[planned.object]
    if (!object) return
    try {
      const own = events.filter(event => event.object === planned.object)
      for (const { subscriber, kind, record, event, records, size } of await judge(
        planned,
        object,
        judged,
        own,
        this.ground.database,
        this.schema,
      ))
        subscriber.tell({ kind, id: record, cursor: cursorOf(event), records }, size)
    } catch (error) {
      await this.isolate(error, planned, judged, events, live)
    }
  }

  /** A read that fails is tried by halves, so that a value which cannot be read ends the subscription that has it, and nobody else's. */
  private async isolate(
    error: unknown,
    planned: FollowPlanned,
    judged: readonly Judged<Subscriber>[],
    events: readonly ToldEvent[],
    live: LiveModel,
  ): Promise<void> {
    const cause = expected(error)
    const isOfRequest = cause instanceof RequestError
    if (isOfRequest && judged.length > 1) {
      const half = judged.length >> 1
      for (const part of [judged.slice(0, half), judged.slice(half)]) await this.tell(planned, part, events, live)
      return
    }
    if (!isOfRequest) this.ground.report(error)
    for (const { subscriber } of judged) {
      if (isOfRequest) subscriber.mailbox.fail(cause)
      else subscriber.mailbox.putAgain()
    }
  }
}
