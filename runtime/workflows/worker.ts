import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import { BackgroundWork } from '../database/background-work.js'
import { Database } from '../database/database.js'
import { Listener } from '../database/listener.js'
import { OutboxSignal, outboxChannel } from '../records/outbox-signal.js'
import { addReader, relayEvents } from './outbox.js'
import { hasWork } from './run-store.js'
import { WorkflowSteps, workflowReader } from './steps.js'

/** How often workspaces are looked after without a signal. */
const every = 1_000

/** Keeps workflows going: woken by signals of writes and once a second, it stamps events, starts runs and takes their steps. */
@Injectable()
export class WorkflowWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('workflows')
  private readonly listener: Listener
  private readonly background: BackgroundWork

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WorkflowSteps) private readonly steps: WorkflowSteps,
    @Inject(OutboxSignal) private readonly signal: OutboxSignal,
  ) {
    this.listener = new Listener(database.directUrl, outboxChannel, schema => schema !== null && this.background.kick(schema))
    this.background = new BackgroundWork(
      database,
      every,
      schema => this.work(schema),
      error => this.log.error(error),
    )
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.listener.start()
    this.background.start()
  }

  /** Finishes the steps under way; the rest is left to whoever comes next. */
  async onModuleDestroy(): Promise<void> {
    await this.listener.stop()
    await this.background.stop()
  }

  /** Stamps events, reads them, takes due steps: until one round finds nothing. */
  private async work(schema: string): Promise<void> {
    while (!this.background.isStopping && (await hasWork(this.database.pool, schema, workflowReader, new Date()))) {
      const ground = await this.steps.ground(schema)
      if (!ground) return
      await relayEvents(this.database.pool, schema)
      await addReader(this.database.pool, schema, workflowReader)
      const hasRead = await whileTrue(() => !this.background.isStopping && this.steps.readEvents(ground))
      const hasStepped = await whileTrue(() => !this.background.isStopping && this.steps.takeStep(ground))
      // a step's writes are events too: others who follow them are told
      if (hasStepped) this.signal.wrote(schema)
      if (!hasRead && !hasStepped) return
    }
  }
}

/** Repeats until it gives false; whether it ever gave true. */
async function whileTrue(work: () => boolean | Promise<boolean>): Promise<boolean> {
  let hasWorked = false
  while (await work()) hasWorked = true
  return hasWorked
}
