import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common'
import { Database } from '../database/database.js'
import { Listener } from '../database/listener.js'
import { WhoAsks } from './who-asks.js'

/** The channel on which nodes tell each other that members, roles or sessions are others than before. */
const channel = 'tessera_callers'

/** How long changes are gathered before they are told of; by then the transaction is over that they came in. */
const pause = 20

/** Has every node look everybody up again after a change on one of them: who is signed out here is signed out there. */
@Injectable()
export class DoubtSignal implements OnModuleInit, OnModuleDestroy {
  private readonly listener: Listener
  private timer: NodeJS.Timeout | null = null

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
  ) {
    this.listener = new Listener(database.directUrl, channel, () => whoAsks.forgetHere())
  }

  onModuleInit(): void {
    this.whoAsks.tellDoubts(() => {
      this.timer ??= setTimeout(() => this.tell(), pause)
    })
    // a node that cannot listen yet believes for a few seconds what it looked up
    void this.listener.start()
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer) clearTimeout(this.timer)
    await this.listener.stop()
  }

  private tell(): void {
    this.timer = null
    this.database.pool.query("select pg_notify($1, '')", [channel]).catch(() => undefined)
  }
}
