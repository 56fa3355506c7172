import { Inject, Injectable } from '@nestjs/common'
import { dayOf } from '@tessera/platform/fields/zone.js'
import type { FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { whereSql } from '@tessera/platform/query/filter.js'
import { column, from, queryContext, unrestricted } from '@tessera/platform/query/source.js'
import { lookup } from '@tessera/platform/registry.js'
import { all, name, render, type Sql, sql, valuesOf } from '@tessera/platform/sql/sql.js'
import { alone } from '../database/alone.js'
import { BackgroundWorker } from '../database/background-worker.js'
import { Database } from '../database/database.js'
import { workspaceIn } from '../database/workspace.js'
import { Models } from '../publishing/models.js'
import { slotContext, type WriteContext } from '../records/write-context.js'
import { Writer } from '../records/writer.js'
import {
  beginOffboarding,
  endOffboarding,
  hasOffboardings,
  type Move,
  type OffboardingJob,
  type OffboardingProgress,
  offboardingsWait,
  tellOffboarding,
} from './offboarding-jobs.js'

const batch = 200
const first = '00000000-0000-0000-0000-000000000000'

/** Moves the records of who left to others, in the background: each by the pipeline of every write, in the name of who ordered it. */
@Injectable()
export class Offboarder extends BackgroundWorker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(Writer) private readonly writer: Writer,
  ) {
    super(database, 'offboarding', { waits: offboardingsWait })
  }

  /** Works in a workspace until nothing waits, unless that is under way. */
  kick(schema: string): void {
    this.background.kick(schema)
  }

  /** How many live records a move would take; throws `DefinitionError` when its rule does not fit the object. */
  async count(context: WriteContext, member: string, move: Move): Promise<number> {
    const found = fieldOf(context.model, move)
    if (!found) return 0
    const [row] = await this.read<{ count: number }>(
      context,
      sql`select count(*)::integer as count from ${chosenBy(found, move, member, context)}`,
    )
    return row?.count ?? 0
  }

  /** One node at a time works in a workspace. */
  override async work(schema: string): Promise<void> {
    if (!(await hasOffboardings(this.database.pool, schema))) return
    await alone(this.database, `offboard ${schema}`, async () => {
      while (!this.background.isStopping && (await this.next(schema)));
    })
  }

  private async next(schema: string): Promise<boolean> {
    const job = await beginOffboarding(this.database.pool, schema)
    if (!job) return false
    const error = await this.perform(schema, job).then(
      () => null,
      (problem: unknown) => (problem instanceof Error ? problem.message : String(problem)),
    )
    if (this.background.isStopping) return false
    await endOffboarding(this.database.pool, schema, job, error)
    return true
  }

  /** Goes on behind the last record that was looked at; a record that does not let itself be moved stays, and is counted. */
  private async perform(schema: string, { id, data, progress }: OffboardingJob): Promise<void> {
    const context = await this.contextOf(schema, data.by)
    let now: OffboardingProgress = progress ?? { done: 0, total: await this.total(context, data), left: 0, move: 0, last: first }
    await tellOffboarding(this.database.pool, schema, id, now)
    while (!this.background.isStopping && now.move < data.moves.length) {
      const move = data.moves[now.move]
      const found = move && fieldOf(context.model, move)
      const ids = move && found ? await this.idsOf(context, found, move, data.member, now.last) : []
      if (move && found && ids.length > 0) {
        const rows = ids.map(one => ({ action: 'update' as const, id: one, version: null, data: { [`${move.field}Id`]: move.to } }))
        const { issues } = await this.writer.write(found.object, rows, context, { atomic: false })
        const left = new Set(issues.map(({ row }) => row)).size
        now = { ...now, done: now.done + ids.length - left, left: now.left + left, last: ids.at(-1) ?? now.last }
      } else now = { ...now, move: now.move + 1, last: first }
      await tellOffboarding(this.database.pool, schema, id, { ...now, total: Math.max(now.total, now.done + now.left) })
    }
  }

  /** What is moved by several moves is counted once, with the widest of each object and field. */
  private async total(context: WriteContext, { member, moves }: OffboardingJob['data']): Promise<number> {
    const widest = new Map<string, number>()
    for (const move of moves) {
      const key = `${move.object} ${move.field}`
      widest.set(key, Math.max(widest.get(key) ?? 0, await this.count(context, member, move)))
    }
    return [...widest.values()].reduce((sum, count) => sum + count, 0)
  }

  private async idsOf(context: WriteContext, found: Found, move: Move, member: string, last: string): Promise<string[]> {
    const chosen = chosenBy(found, move, member, context)
    const rows = await this.read<{ id: string }>(context, sql`select id from ${chosen} and id > ${last}::uuid order by id limit ${batch}`)
    return rows.map(({ id }) => id)
  }

  private async read<T extends object>(context: WriteContext, statement: Sql): Promise<T[]> {
    const rendered = render(statement, context.schema)
    return (await this.database.pool.query<T>(rendered.text, valuesOf(rendered, { context: slotContext(context), variables: {} }))).rows
  }

  /** The circumstances of writes that the product does in the name of an admin. */
  async contextOf(schema: string, by: OffboardingJob['data']['by']): Promise<WriteContext> {
    const workspace = await workspaceIn(this.database, schema)
    const { timeZone = 'UTC', currency = '' } = workspace ?? {}
    const { model } = await this.models.current(schema)
    const now = new Date().toISOString()
    const moment = { member: by, now, today: dayOf(now, timeZone), timeZone }
    return { schema, model, profile: null, moment, channel: 'app', cause: [], currency, zone: timeZone, confirm: 'all' }
  }
}

interface Found {
  readonly object: ObjectModel
  readonly field: FieldModel
}

/** The field that a move changes, which is a writable one of people; null when the model has none such. */
export function fieldOf(model: Model, { object: named, field: wanted }: Pick<Move, 'object' | 'field'>): Found | null {
  const object = lookup(model.objects, named)
  const field = object && lookup(object.fields, wanted)
  return object && field && field.definition.type === 'user' && field.writable ? { object, field } : null
}

function chosenBy({ object, field }: Found, { when }: Move, member: string, { model }: WriteContext): Sql {
  const alias = 'r'
  const context = queryContext(model, unrestricted)
  const rule = when === null || when === undefined ? [] : [whereSql({ rule: { rule: when } }, object, alias, context)]
  return sql`${from(object, alias)} where ${all([sql`${name(alias, 'deleted_at')} is null`, sql`${column(field, alias)} = ${member}::uuid`, ...rule])}`
}
