import type { ElementRef } from '@tessera/platform/definitions/index.js'
import { elementOf, elementPath } from '@tessera/platform/definitions/index.js'
import { labelOf } from '@tessera/platform/label.js'
import type { Database } from '../database/database.js'
import { schemaOf } from '../database/schema.js'
import { Memory } from '../memory/memory.js'
import { Finisher } from '../publishing/finisher.js'
import { Models } from '../publishing/models.js'
import type { PlanStep } from '../publishing/plan.js'
import { type PublishChange, Publisher } from '../publishing/publisher.js'
import { RequestError } from '../request-error.js'
import { say } from './command.js'
import { chooseWorkspace, withDatabase } from './database-of.js'
import { sayIssues } from './folder.js'

/** A command holds the model of one workspace. */
const pressBytes = 67_108_864

/** What a command needs to publish without a server. */
export interface Press {
  readonly database: Database
  readonly models: Models
  readonly schema: string
  readonly publisher: Publisher
  readonly finisher: Finisher
}

/** Opens the database and a workspace for publishing, and closes it whatever happens; issues of requests are said, all of them. */
export function withPress(slug: string | undefined, work: (press: Press) => Promise<number>): Promise<number> {
  return withDatabase(async database => {
    const workspace = await chooseWorkspace(database, slug)
    const models = new Models(database, new Memory(pressBytes))
    const finisher = new Finisher(database, models)
    const press = { database, models, schema: schemaOf(workspace.slug), publisher: new Publisher(database, models, finisher), finisher }
    try {
      return await work(press)
    } catch (error) {
      if (error instanceof RequestError) return sayIssues(error.issues)
      throw error
    } finally {
      await finisher.onModuleDestroy()
    }
  })
}

/** What a folder lacks of what a workspace has. */
export async function missingIn(documents: readonly unknown[], { publisher, schema }: Press): Promise<ElementRef[]> {
  const there = new Set(documents.flatMap(json => elementOf(json) ?? []).map(elementPath))
  const present = await publisher.definitions(schema, null, null)
  return present.filter(element => !there.has(elementPath(element))).map(({ kind, name }) => ({ kind, name }))
}

/** Publishes a change and waits until everything is built; says what it did and gives the exit code. */
export async function publishAndFinish({ publisher, finisher, schema }: Press, change: PublishChange): Promise<number> {
  const { version, plan } = await publisher.publish(change, schema, null)
  sayPlan(plan)
  await finisher.finish(schema)
  const failed = await publisher.building(schema)
  for (const { name, error } of failed) say(`${name} could not be built: ${error ?? ''}`)
  say(`Version ${version} is live.`)
  return failed.length > 0 ? 1 : 0
}

/** Says what a publish does, step by step. */
export function sayPlan(plan: readonly PlanStep[]): void {
  for (const { do: deed, kind, path, detail, loses, confirm } of plan) {
    say(`${deed.padEnd(7)}${kind.padEnd(11)}${path}  ${labelOf(detail, 'en')}`)
    if (loses !== null) say(`${' '.repeat(18)}loses ${labelOf(loses, 'en')}; needs --confirm ${confirm ?? ''}`)
  }
  if (plan.length === 0) say('Nothing differs.')
}
