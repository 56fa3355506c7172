import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common'
import { Database } from '../database/database.js'
import { Listener } from '../database/listener.js'

/** The channel on which nodes tell each other that events were written. */
const outboxChannel = 'tessera_outbox'

/** How long writes are gathered before they are told of. */
const pause = 20

/**
 * Tells every node that a workspace has new events. Called after the commit, so that nobody notifies inside a record's
 * transaction; many writes become one signal. A lost signal costs a moment only: readers also look by themselves.
 */
@Injectable()
export class OutboxSignal implements OnModuleDestroy {
  private readonly waiting = new Set<string>()
  private timer: NodeJS.Timeout | null = null
  private readonly followers = new Set<(schema: string | null) => void>()
  private readonly listener: Listener
  private isListening = false

  constructor(@Inject(Database) private readonly database: Database) {
    this.listener = new Listener(database.directUrl, outboxChannel, schema => {
      if (schema !== null) database.watch.wake(schema)
      for (const heard of this.followers) heard(schema)
    })
  }

  /**
   * Has somebody told of new events, on whichever node they were written.
   * @param heard gets the schema of the workspace; null when something may have been missed anywhere
   */
  follow(heard: (schema: string | null) => void): void {
    this.followers.add(heard)
    if (this.isListening) return
    this.isListening = true
    void this.listener.start()
  }

  /** After the commit of a transaction that wrote events into this schema. */
  wrote(schema: string): void {
    this.waiting.add(schema)
    this.database.watch.wake(schema)
    this.timer ??= setTimeout(() => this.tell(), pause)
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.followers.clear()
    await this.listener.stop()
  }

  private tell(): void {
    this.timer = null
    const schemas = [...this.waiting]
    this.waiting.clear()
    for (const schema of schemas) this.database.pool.query('select pg_notify($1, $2)', [outboxChannel, schema]).catch(() => undefined)
  }
}
