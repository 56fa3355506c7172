import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common'
import { Database } from '../database/database.js'
import { Rounds } from '../database/rounds.js'
import { OutboxSignal } from '../records/outbox-signal.js'
import { addReader, relayEvents } from './outbox.js'
import { hasWork } from './run-store.js'
import { WorkflowSteps, workflowReader } from './steps.js'

/** How often workspaces are looked after without a signal. */
const every = 1_000

/** Keeps workflows going: woken by signals of writes and once a second, it stamps events, starts runs and takes their steps. */
@Injectable()
export class WorkflowWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('workflows')
  private readonly running = new Map<string, Promise<void>>()
  private readonly again = new Set<string>()
  private readonly rounds: Rounds
  private isStopping = false

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WorkflowSteps) private readonly steps: WorkflowSteps,
    @Inject(OutboxSignal) private readonly signal: OutboxSignal,
  ) {
    this.rounds = new Rounds(database, every, schema => this.kick(schema))
  }

  onApplicationBootstrap(): void {
    this.signal.follow(schema => schema !== null && this.kick(schema))
    this.rounds.start()
  }

  /** Finishes the steps under way; the rest is left to whoever comes next. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true
    this.rounds.stop()
    await Promise.allSettled(this.running.values())
  }

  /** Works in a workspace until nothing is left to do; a signal that comes meanwhile is not lost. */
  kick(schema: string): void {
    if (this.isStopping) return
    if (this.running.has(schema)) {
      this.again.add(schema)
      return
    }
    const run = this.work(schema)
      .catch((error: unknown) => this.log.error(error))
      .finally(() => {
        this.running.delete(schema)
        if (this.again.delete(schema)) this.kick(schema)
      })
    this.running.set(schema, run)
  }

  /** Stamps events, reads them, takes due steps: until one round finds nothing. */
  private async work(schema: string): Promise<void> {
    while (!this.isStopping && (await hasWork(this.database.pool, schema, workflowReader, new Date()))) {
      const ground = await this.steps.ground(schema)
      if (!ground) return
      await relayEvents(this.database.pool, schema)
      await addReader(this.database.pool, schema, workflowReader)
      const hasRead = await whileTrue(() => !this.isStopping && this.steps.readEvents(ground))
      const hasStepped = await whileTrue(() => !this.isStopping && this.steps.takeStep(ground))
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
