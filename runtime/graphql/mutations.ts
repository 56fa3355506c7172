import { conditionOf } from '@tessera/platform/access/profile.js'
import { issue, localizeIssue, warningOf } from '@tessera/platform/errors.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames } from '@tessera/platform/model/naming.js'
import { onceFor } from '@tessera/platform/once-for.js'
import { bothOf } from '@tessera/platform/query/condition.js'
import { chosen, whereSql } from '@tessera/platform/query/filter.js'
import type { Where } from '@tessera/platform/query/plan.js'
import { conditionSql } from '@tessera/platform/query/source.js'
import { lookup } from '@tessera/platform/registry.js'
import { sql } from '@tessera/platform/sql/sql.js'
import { getArgumentValues } from 'graphql'
import type { Database } from '../database/database.js'
import { newId } from '../database/id.js'
import { readIds } from '../records/gather.js'
import { upsertRows } from '../records/upsert.js'
import { nothingWritten, type Outcome, type RowIssue, type WriteContext } from '../records/write-context.js'
import type { Writer } from '../records/writer.js'
import { RequestError } from '../request-error.js'
import { answerRecords, shownAtOnce, type Written } from './answers.js'
import { argsOf, refused, type Selecting, whereOf } from './arguments.js'
import { idOrNone } from './bind.js'
import { type Asked, below } from './collect.js'
import { type RequestContext, writeContext } from './request-context.js'

/** What writing needs of the runtime. */
export interface Tools {
  readonly database: Database
  readonly writer: Writer
}

type Data = Readonly<Record<string, unknown>>

interface Call {
  readonly asked: Asked
  readonly object: ObjectModel
  /** The arguments as values. */
  readonly args: Data
  readonly selecting: Selecting
  readonly context: RequestContext
  readonly writing: WriteContext
  readonly tools: Tools
}

const mostRows = 10_000

/** Runs one root field of a mutation and gives its answer as JSON. */
export async function runMutation(asked: Asked, selecting: Selecting, context: RequestContext, tools: Tools): Promise<string> {
  if (asked.name === '__typename') return '"Mutation"'
  const field = selecting.schema.getMutationType()?.getFields()[asked.name]
  const [node] = asked.nodes
  const meant = mutationsOf(selecting.profile.model).get(asked.name)
  if (meant && field && node) {
    const { object, verb } = meant
    const args = getArgumentValues(field, node, selecting.variables)
    return verbs[verb]({
      asked,
      object: context.live.model.objects[object.name] ?? object,
      args,
      selecting,
      context,
      writing: { ...writeContext(context, new Date()), confirm: (args.confirm as readonly string[] | null | undefined) ?? [] },
      tools,
    })
  }
  throw new Error(`No mutation ${asked.name}`)
}

/** The object of a mutation, and the values that it is given; null for what is none. */
export function meantBy(asked: Asked, { schema, profile, variables }: Selecting): { object: ObjectModel; data: unknown } | null {
  const field = schema.getMutationType()?.getFields()[asked.name]
  const meant = mutationsOf(profile.model).get(asked.name)
  const [node] = asked.nodes
  return meant && field && node ? { object: meant.object, data: getArgumentValues(field, node, variables).data } : null
}

/** The root fields of mutations: what each does to records of which object. */
const mutationsOf = onceFor(
  ({ objects }: Model) =>
    new Map<string, { readonly object: ObjectModel; readonly verb: keyof typeof verbs }>(
      Object.values(objects).flatMap(object =>
        Object.entries(rootNames(object.name, object.plural).mutations).map(
          ([verb, name]) => [name, { object, verb: verb as keyof typeof verbs }] as const,
        ),
      ),
    ),
)

const verbs = {
  create: async (call: Call) => {
    const row = { action: 'create', id: idOf(call.args.data), version: null, data: call.args.data as Data } as const
    const outcome = await call.tools.writer.write(call.object, [row], call.writing, {
      atomic: true,
      validateOnly: call.args.validateOnly === true,
      shown: shownIn(call),
    })
    return call.args.validateOnly === true ? 'null' : one(call, outcome)
  },
  createMany: async (call: Call) => {
    const rows = limited(call.args.data as readonly Data[]).map(
      data => ({ action: 'create', id: idOf(data), version: null, data }) as const,
    )
    return batch(call, await call.tools.writer.write(call.object, rows, call.writing, { atomic: call.args.atomic === true }))
  },
  update: async (call: Call) => {
    const row = { action: 'update', id: idOrNone(String(call.args.id)), version: versionOf(call), data: call.args.data as Data } as const
    const outcome = await call.tools.writer.write(call.object, [row], call.writing, { atomic: true, shown: shownIn(call) })
    return one(call, outcome)
  },
  transition: async (call: Call) => {
    const { id, transition, comment, data } = call.args
    const row = {
      action: 'update',
      id: idOrNone(String(id)),
      version: versionOf(call),
      data: (data ?? {}) as Data,
      transition: { name: String(transition), comment: typeof comment === 'string' ? comment.trim() : null },
    } as const
    const outcome = await call.tools.writer.write(call.object, [row], call.writing, { atomic: true, shown: shownIn(call) })
    return one(call, outcome)
  },
  updateMany: async (call: Call) => {
    const rows = (await idsOf(call, 'update')).map(id => ({ action: 'update', id, version: null, data: call.args.data as Data }) as const)
    return batch(
      call,
      rows.length === 0 ? nothingWritten : await call.tools.writer.write(call.object, rows, call.writing, { atomic: true }),
    )
  },
  upsertMany: async (call: Call) =>
    batch(
      call,
      await upsertRows(
        call.tools,
        call.object,
        limited(call.args.data as readonly Data[]),
        (call.args.by as readonly string[]).map(key => lookup(call.object.former?.keys ?? {}, key) ?? key),
        call.writing,
        { atomic: true },
      ),
    ),
  delete: async (call: Call) => {
    const id = idOrNone(String(call.args.id))
    const outcome = await call.tools.writer.delete(call.object, [{ id, version: versionOf(call) }], call.writing, successorIn(call))
    return one(call, outcome, 'ONLY')
  },
  deleteMany: async (call: Call) => {
    const ids = await idsOf(call, 'delete')
    return batch(
      call,
      ids.length === 0
        ? nothingWritten
        : await call.tools.writer.delete(
            call.object,
            ids.map(id => ({ id, version: null })),
            call.writing,
            successorIn(call),
          ),
      'ONLY',
    )
  },
  restore: async (call: Call) => one(call, await call.tools.writer.restore(call.object, [idOrNone(String(call.args.id))], call.writing)),
  merge: async (call: Call) => {
    const { into, from, data } = call.args
    const ids = (from as readonly unknown[]).map(id => idOrNone(String(id)))
    const asked = { into: idOrNone(String(into)), from: ids, data: (data ?? {}) as Data, version: versionOf(call) }
    return one(call, await call.tools.writer.merge(call.object, asked, call.writing))
  },
  unmerge: async (call: Call) => batch(call, await call.tools.writer.unmerge(call.object, idOrNone(String(call.args.id)), call.writing)),
}

/** The record that takes over what a deletion hands over; one that cannot be is told as unknown. */
const successorIn = ({ args: { reassignTo } }: Call): string | null => (typeof reassignTo === 'string' ? idOrNone(reassignTo) : null)

/** The records that a bulk write is about: those of the filter which the caller may do it to. */
async function idsOf(call: Call, action: 'update' | 'delete'): Promise<string[]> {
  const field = call.selecting.schema.getMutationType()?.getFields()[call.asked.name]
  const args = field ? argsOf(call.asked, field, call.selecting) : {}
  const where: Where = constants(whereOf(args.where) ?? {}, call)
  if (Object.keys(where).length === 0 && call.args.all !== true)
    throw refused('where', { en: 'An empty filter means every record: say all: true.', 'zh-CN': '空条件表示全部记录：请加 all: true。' })
  const { profile } = call.context
  const covered = bothOf(conditionOf(profile, action, call.object.name), conditionOf(profile, 'bulk', call.object.name))
  const ids = await readIds(
    call.tools.database.pool,
    call.object,
    query => {
      const allowed = covered ? conditionSql(covered, call.object, 't', query) : sql`true`
      // what is deleted is exactly what was named
      const filtered = whereSql(where, call.object, 't', { ...query, isExact: action === 'delete' })
      return sql`${chosen({ object: call.object.name, where: null, search: null, deleted: 'NO' }, 't', query)} and ${filtered} and ${allowed}`
    },
    mostRows,
    call.writing,
  )
  if (ids.length > mostRows)
    throw refused('where', {
      en: `More than ${mostRows} records match. Narrow the filter.`,
      'zh-CN': `符合条件的记录超过 ${mostRows} 条，请缩小范围。`,
    })
  return ids
}

/** A filter with the values of this request in place of slots. */
function constants(where: Where, { selecting, context }: Call): Where {
  const env = { variables: selecting.variables, context: { timeZone: context.caller.timeZone } }
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk)
    if (typeof part !== 'object' || part === null || 'rule' in part) return part
    if ('leaf' in part) {
      const leaf = part as unknown as { value: unknown; isNull: boolean }
      return {
        ...leaf,
        value:
          typeof leaf.value === 'object' && leaf.value !== null && 'read' in leaf.value
            ? (leaf.value as { read: (from: typeof env) => unknown }).read(env)
            : leaf.value,
      }
    }
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner)]))
  }
  return walk(where) as Where
}

const shownIn = ({ asked, object, selecting, context }: Call) => shownAtOnce(asked, object, selecting, context)

async function one(call: Call, outcome: Outcome, deleted: 'NO' | 'ONLY' = 'NO'): Promise<string> {
  if (outcome.answer !== undefined) return outcome.answer ?? 'null'
  const [text] = await answerRecords(
    call.asked,
    call.object,
    writtenOf(outcome),
    deleted,
    call.selecting,
    call.context,
    call.tools.database,
  )
  return text ?? 'null'
}

/** The records that a write stands for, with the versions that it made. */
const writtenOf = ({ ids, versions }: Outcome): Written[] =>
  ids.flatMap((id, at) => (id === null ? [] : [{ id, version: versions[at] ?? null }]))

async function batch(call: Call, outcome: Outcome, deleted: 'NO' | 'ONLY' = 'NO'): Promise<string> {
  const written = writtenOf(outcome)
  const parts: string[] = []
  for (const asked of below(call.asked, call.selecting)) {
    const key = JSON.stringify(asked.key)
    if (asked.name === 'count') parts.push(`${key}:${written.length}`)
    else if (asked.name === 'operation') parts.push(`${key}:${JSON.stringify(newId())}`)
    else if (asked.name === 'issues') parts.push(`${key}:${JSON.stringify(outcome.issues.map(entry => shownIssue(entry, asked, call)))}`)
    else if (asked.name === 'nodes')
      parts.push(
        `${key}:[${(await answerRecords(asked, call.object, written, deleted, call.selecting, call.context, call.tools.database)).join()}]`,
      )
    else parts.push(`${key}:${JSON.stringify(`${call.object.name.charAt(0).toUpperCase()}${call.object.name.slice(1)}Batch`)}`)
  }
  return `{${parts.join()}}`
}

function shownIssue(entry: RowIssue, asked: Asked, call: Call): Record<string, unknown> {
  const { code, path, message, hint } = localizeIssue(entry.issue, call.context.caller.language)
  const rule = warningOf(entry.issue)
  const severity = rule === null ? null : 'warning'
  const values: Record<string, unknown> = {
    row: entry.row,
    id: entry.id,
    code,
    path,
    message,
    hint,
    severity,
    rule,
    __typename: 'RowIssue',
  }
  return Object.fromEntries(below(asked, call.selecting).map(inner => [inner.key, values[inner.name] ?? null]))
}

const versionOf = ({ args }: Call): number | null => (typeof args.version === 'number' ? args.version : null)

const idOf = (data: unknown): string | null => {
  const { id } = data as { readonly id?: unknown }
  return typeof id === 'string' ? id.toLowerCase() : null
}

function limited<T>(rows: readonly T[]): readonly T[] {
  if (rows.length > mostRows)
    throw new RequestError('TOO_COMPLEX', [
      issue('INPUT_INVALID', 'data', {
        problem: { en: `Write at most ${mostRows} records at once.`, 'zh-CN': `一次最多写入 ${mostRows} 条记录。` },
      }),
    ])
  return rows
}
