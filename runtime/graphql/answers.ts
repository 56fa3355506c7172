import { readsOf } from '@tessera/platform/model/computed.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { parentIn, rulesIn } from '@tessera/platform/query/condition.js'
import { needsLook } from '@tessera/platform/query/needs-look.js'
import type { RecordPlan } from '@tessera/platform/query/plan.js'
import { recordSql } from '@tessera/platform/query/select.js'
import { from, objectOf, type QueryContext, queryContext, visible } from '@tessera/platform/query/source.js'
import { rowsOf } from '@tessera/platform/rules/rule.js'
import { flat, name, param, render, type Sql, sql, valuesOf } from '@tessera/platform/sql/sql.js'
import { BREAK, type FieldNode, type SelectionSetNode, visit } from 'graphql'
import type { Database } from '../database/database.js'
import { isOneOf } from '../records/gather.js'
import type { ShownAtOnce } from '../records/unlocked.js'
import type { Selecting } from './arguments.js'
import type { Asked } from './collect.js'
import { type RequestContext, slotsOf } from './request-context.js'
import { recordPlan } from './selection.js'

/** A record of a write, and the version that the write made of it; null where it changed nothing. */
export interface Written {
  readonly id: string
  readonly version: number | null
}

/**
 * Written records as JSON, in their order as given; those that the writer may not read are null.
 * They are read after the write is through, so others may have written them since: `version` is the one of this write all the same,
 * so that who goes on with it is told of what came between.
 */
export async function answerRecords(
  asked: Asked,
  object: ObjectModel,
  written: readonly Written[],
  deleted: 'NO' | 'ONLY',
  selecting: Selecting,
  context: RequestContext,
  database: Database,
): Promise<string[]> {
  if (written.length === 0) return []
  const ids = written.map(({ id }) => id)
  const shown = selecting.profile.model.objects[object.name] ?? object
  const query = queryContext(context.live.model, context.profile.conditions, context.profile.model)
  const record = recordSql(recordPlan(asked, shown, selecting), 'w', sql``, query, { version: versionSql(written) })
  const piece = sql`select ${name('w', 'id')}::text as id, ${record}::text as data from ${from(object, 'w')} where ${isOneOf('w', ids)} and ${visible(object, 'w', query, deleted)}`
  const statement = render(piece, context.caller.workspace.schema)
  const { rows } = await database.pool.query<{ id: string; data: string }>(
    statement.text,
    valuesOf(statement, { variables: selecting.variables, context: slotsOf(context, new Date()) }),
  )
  const found = new Map(rows.map(row => [row.id, row.data]))
  return ids.map(id => found.get(id) ?? 'null')
}

/**
 * How the statement of a write shows its record by itself, without reading it once more; null where the answer shows what only tables have:
 * lists, and values that stand in or are computed from other records.
 */
export function shownAtOnce(asked: Asked, object: ObjectModel, selecting: Selecting, context: RequestContext): ShownAtOnce | null {
  const [node] = asked.nodes
  const known = node && shownBefore.get(node)
  if (known !== undefined) return known
  const shown = showing(asked, object, selecting, context)
  if (node && asked.nodes.length === 1 && !asksByVariables(node.selectionSet, selecting.fragments)) shownBefore.set(node, shown)
  return shown
}

/** How fields of accepted documents show their records: a document belongs to one model and one profile. */
const shownBefore = new WeakMap<FieldNode, ShownAtOnce | null>()

/** Whether variables of the request decide what a selection shows. */
function asksByVariables(selection: SelectionSetNode | undefined, fragments: Selecting['fragments']): boolean {
  if (!selection) return false
  let found = false
  visit(selection, {
    Variable: () => {
      found = true
      return BREAK
    },
    FragmentSpread: ({ name: { value } }) => {
      found ||= asksByVariables(fragments[value]?.selectionSet, fragments)
    },
  })
  return found
}

function showing(asked: Asked, object: ObjectModel, selecting: Selecting, context: RequestContext): ShownAtOnce | null {
  const plan = recordPlan(asked, selecting.profile.model.objects[object.name] ?? object, selecting)
  const query = queryContext(context.live.model, context.profile.conditions, context.profile.model)
  const reads = readsBeside(plan, query)
  if (reads === null) return null
  const [record, isSeen] = [flat(recordSql(plan, 'w', sql``, query)), flat(visible(object, 'w', query))]
  return { reads, json: rows => sql`(select ${record}::text from ${name(rows)} ${name('w')} where ${isSeen})` }
}

type Reads = Map<string, ReadonlySet<string> | null>

/** What a plan shows of further records, by object: keys, or null for all; null where it does more than look at single ones. */
function readsBeside({ object: objectName, outputs }: RecordPlan, query: QueryContext): Reads | null {
  const object = objectOf(query, objectName)
  const found: Reads = new Map()
  for (const output of outputs) {
    if (output.kind === 'typename' || output.kind === 'member') continue
    if (output.kind === 'one') {
      const below = readsBeside(output.record, query)
      if (below === null) return null
      addReads(found, [...below, [output.record.object, null]])
    } else if (output.kind === 'field' || output.kind === 'parts') {
      const field = object.fields[output.field]
      if (!field || !isOwn(field)) return null
      if (field.relation?.to && needsLook(field, query)) addReads(found, readsOfLook(objectOf(query, field.relation.to), query))
    } else return null
  }
  return found
}

function addReads(found: Reads, reads: Iterable<readonly [object: string, keys: ReadonlySet<string> | null]>): void {
  for (const [object, keys] of reads) {
    const known = found.get(object)
    found.set(object, keys === null || known === null ? null : new Set([...(known ?? []), ...keys]))
  }
}

/** What says whether a record can be seen: of most, the rules that cover it; what only follows from a write changes nothing else of that. */
function readsOfLook(target: ObjectModel, query: QueryContext): (readonly [object: string, keys: ReadonlySet<string> | null])[] {
  const condition = query.conditions.of(target.name)
  const rules = rulesIn(condition)
  if (target.junction || parentIn(condition) || rules.some(rule => rowsOf(rule).length > 0)) return [[target.name, null]]
  const inputs = rules.flatMap(rule => readsOf(rule, target, query.model.objects))
  return [[target.name, new Set()], ...inputs.map(({ object, keys }) => [object, new Set(keys)] as const)]
}

/** Whether the value of a field stands in the record's own row. */
const isOwn = (field: FieldModel): boolean =>
  field.columns.length > 0 && field.currencyOf === null && !field.targets && field.typeOf === undefined && !field.along

/** The version of a written record: mostly all have the same one, else it is looked up by the id; as it stands where the write made none. */
function versionSql(written: readonly Written[]): Sql {
  const stands = name('w', 'version')
  const versions = new Set(written.map(({ version }) => version))
  const [only = null] = versions
  if (versions.size === 1) return only === null ? stands : sql`${param(only)}::integer`
  const byId = JSON.stringify(Object.fromEntries(written.map(({ id, version }) => [id, version])))
  return sql`coalesce((${param(byId)}::jsonb ->> ${name('w', 'id')}::text)::integer, ${stands})`
}
