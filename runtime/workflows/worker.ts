import { Inject, Injectable } from '@nestjs/common'
import { BackgroundWorker } from '../database/background-worker.js'
import { Database } from '../database/database.js'
import { OutboxSignal } from '../records/outbox-signal.js'
import { addReader, relayEvents } from './outbox.js'
import { hasWork, workWatched } from './run-store.js'
import { WorkflowSteps, workflowReader } from './steps.js'

/** Keeps workflows going: woken by signals of writes and by the watch, it stamps events, starts runs and takes their steps. */
@Injectable()
export class WorkflowWorker extends BackgroundWorker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WorkflowSteps) private readonly steps: WorkflowSteps,
    @Inject(OutboxSignal) private readonly signal: OutboxSignal,
  ) {
    super(database, 'workflows', workWatched(workflowReader))
  }

  override onApplicationBootstrap(): void {
    this.signal.follow(schema => schema !== null && this.background.kick(schema))
    super.onApplicationBootstrap()
  }

  /** Stamps events, reads them, takes due steps: until one round finds nothing. */
  override async work(schema: string): Promise<void> {
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
