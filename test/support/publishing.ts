import type { Model } from '../../platform/model/model.js'
import { newId } from '../../runtime/database/id.js'
import { Memory } from '../../runtime/memory/memory.js'
import { Finisher } from '../../runtime/publishing/finisher.js'
import { Models } from '../../runtime/publishing/models.js'
import { type PublishChange, type Published, Publisher } from '../../runtime/publishing/publisher.js'
import { createTestWorkspace, type TestWorkspace } from './database.js'

/** A workspace without a server: what publishes, and short ways to its records. */
export interface Desk extends TestWorkspace {
  readonly models: Models
  readonly finisher: Finisher
  readonly publisher: Publisher
  publish(put: readonly unknown[], more?: Partial<PublishChange>): Promise<Published>
  run(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  /** Puts rows into a table; fixed columns are filled in. */
  insert(table: string, rows: readonly Record<string, unknown>[]): Promise<void>
  values(table: string, column: string): Promise<unknown[]>
}

/** Opens a workspace with nothing published; close it in `afterAll`. */
export async function openDesk(slug: string): Promise<Desk> {
  const workspace = await createTestWorkspace(slug)
  const { database, schema } = workspace
  const models = new Models(database, new Memory(67_108_864))
  const finisher = new Finisher(database, models)
  const publisher = new Publisher(database, models, finisher)
  const run = async (text: string, values: unknown[] = []) => (await database.pool.query<Record<string, unknown>>(text, values)).rows
  return {
    ...workspace,
    models,
    finisher,
    publisher,
    run,
    publish: (put, more = {}) =>
      publisher.publish({ put, remove: [], confirm: [], expectedVersion: null, message: null, ...more }, schema, null),
    insert: async (table, rows) => {
      for (const row of rows) {
        const full = { id: newId(), version: 1, created_at: new Date(), updated_at: new Date(), ...row }
        const names = Object.keys(full)
        await run(
          `insert into ${schema}.${table} (${names.join()}) values (${names.map((_, index) => `$${index + 1}`).join()})`,
          Object.values(full),
        )
      }
    },
    values: async (table, column) => (await run(`select ${column} as value from ${schema}.${table} order by id`)).map(({ value }) => value),
    close: async () => {
      await finisher.onModuleDestroy()
      await models.onModuleDestroy()
      await workspace.close()
    },
  }
}

/** An object `thing` with these fields. */
export const thing = (fields: Record<string, unknown>) => ({ object: 'thing', plural: 'things', label: 'Thing', fields })

/** The columns of an object's own fields, by field. */
export const fieldsOf = (model: Model, object: string): Record<string, string> =>
  Object.fromEntries(
    Object.values(model.objects[object]?.fields ?? {})
      .filter(field => !field.system && field.columns[0])
      .map(field => [field.name, field.columns[0]?.name ?? '']),
  )
