import { Inject, Injectable } from '@nestjs/common'
import type { Model } from '@tessera/platform/model/model.js'
import { stateFieldsOf } from '@tessera/platform/records/transitions.js'
import { BackgroundWorker } from '../database/background-worker.js'
import { Database } from '../database/database.js'
import { inTransaction } from '../database/transaction.js'
import { Models } from '../publishing/models.js'
import { ownContext } from '../publishing/own-context.js'
import { OutboxSignal } from '../records/outbox-signal.js'
import type { WriteContext } from '../records/write-context.js'
import { Writer } from '../records/writer.js'
import { type Automatic, takeDue } from './due.js'

/** How often it is looked for what is due, in milliseconds. */
const every = 60_000
const beforeAll = '00000000-0000-0000-0000-000000000000'

/** Takes the transitions that are taken by themselves: after a time in a state, or as soon as their guard holds. */
@Injectable()
export class AutomaticTransitions extends BackgroundWorker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(Writer) private readonly writer: Writer,
    @Inject(OutboxSignal) private readonly signal: OutboxSignal,
  ) {
    super(database, 'transitions', every)
  }

  /** Takes everything that is due in a workspace, each record one transition; gives how many were taken. */
  override async work(schema: string): Promise<number> {
    const { model } = await this.models.current(schema)
    const due = automaticIn(model)
    const context = due.length > 0 ? await ownContext(this.database, this.models, schema) : null
    let count = 0
    for (const one of context ? due : []) if (context) count += await this.takeAll(one, context)
    return count
  }

  private async takeAll(due: Automatic, context: WriteContext): Promise<number> {
    let count = 0
    for (let after: string | null = beforeAll; after !== null && !this.background.isStopping; ) {
      const from: string = after
      const taken = await inTransaction(this.database.pool, client => takeDue(client, due, from, context, this.writer))
      count += taken.count
      after = taken.last
    }
    if (count > 0) this.signal.wrote(context.schema)
    return count
  }
}

/** The transitions of a model that are taken by themselves. */
const automaticIn = (model: Model): Automatic[] =>
  Object.values(model.objects).flatMap(object =>
    stateFieldsOf(object).flatMap(field =>
      field.states.transitions.flatMap(transition =>
        transition.automatic === null ? [] : [{ object, field, transition, seconds: transition.automatic }],
      ),
    ),
  )
