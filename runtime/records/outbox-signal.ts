import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common'
import { Database } from '../database/database.js'

/** The channel on which nodes tell each other that events were written. */
export const outboxChannel = 'tessera_outbox'

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

  constructor(@Inject(Database) private readonly database: Database) {}

  /** After the commit of a transaction that wrote events into this schema. */
  wrote(schema: string): void {
    this.waiting.add(schema)
    this.timer ??= setTimeout(() => this.tell(), pause)
  }

  onModuleDestroy(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
  }

  private tell(): void {
    this.timer = null
    const schemas = [...this.waiting]
    this.waiting.clear()
    for (const schema of schemas) this.database.pool.query('select pg_notify($1, $2)', [outboxChannel, schema]).catch(() => undefined)
  }
}
