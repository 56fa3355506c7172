import { DefinitionError } from '@tessera/platform/errors.js'
import type { Label } from '@tessera/platform/label.js'
import type { Change } from '@tessera/platform/model/changes.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { chosen, whereSql } from '@tessera/platform/query/filter.js'
import { from, type QueryContext, queryContext, shown, visible } from '@tessera/platform/query/source.js'
import { type Strictness, stricterIn } from '@tessera/platform/records/stricter.js'
import { lookup } from '@tessera/platform/registry.js'
import { integer, name, type Sql, sql } from '@tessera/platform/sql/sql.js'
import type { Database } from '../database/database.js'
import { type RequestContext, slotsOf } from '../graphql/request-context.js'
import { isMoved, placed } from '../publishing/losses.js'
import type { Decided } from '../publishing/publisher.js'
import { takenOver } from '../publishing/taking-over.js'
import { askWithin, Patience, type Unchecked } from './within-time.js'

/** Counting ends here; so many values are looked at one by one; so many records are named. */
const mostCounted = 10_000
const mostNamed = 5
/** Values of records that are named as a filter. */
const mostFiltered = 50

/** A record that does not keep to what is asked of it. */
export interface Example {
  /** Null for a value that several records share. */
  readonly id: string | null
  readonly title: string | null
  readonly value: unknown
}

/** Records that do not keep to what a publish asks of them. */
export interface Unkept {
  readonly kind: Strictness | 'converts' | 'double'
  readonly path: string
  readonly object: string
  readonly title: Label
  readonly bound: string | null
  readonly isWarning: boolean
  /** How many, of those that were looked at; null when they could not be counted. */
  readonly count: number | null
  /** There are more than were counted. */
  readonly isMore: boolean
  /** So many records were looked at, where that were not all. */
  readonly looked: number | null
  readonly unchecked: Unchecked | null
  /** What their list is filtered by; null where no filter says it. */
  readonly rule: unknown
  readonly examples: readonly Example[]
}

/** How many milliseconds it may take to count all records for which a rule holds, and where that is over, the first of them. */
interface Budgets {
  readonly whole: number
  readonly part: number
}

interface Asking {
  readonly budgets: Budgets
  readonly database: Database
  readonly context: RequestContext
  readonly patience: Patience
}

/** The records that a publish asks more of than they keep, as far as the caller sees them: counted up to a bound and for a while. */
export async function unkeptBy(
  { before, way }: Pick<Decided, 'before' | 'way'>,
  database: Database,
  context: RequestContext,
  budgets: Budgets = { whole: 3_000, part: 2_000 },
): Promise<Unkept[]> {
  const asking = { database, context, budgets, patience: new Patience(15_000) }
  const found: Unkept[] = []
  for (const stricter of stricterIn(way.changes, before, way.model)) {
    const object = lookup(before.objects, stricter.object)
    const field = stricter.field === null ? null : (object?.fields[stricter.field] ?? null)
    if (!object) continue
    const place = { ...stricter, kind: stricter.kind } as const
    const next = way.changes.find(({ field: change }) => change?.before?.object === object.name && change.before.name === field?.name)
      ?.field?.after
    const counted =
      stricter.rule !== null
        ? await countByRule(object, field, stricter.rule, asking)
        : field && next
          ? await lookThrough(
              object,
              field,
              async values => values.map(value => 'misfit' in next.type.parse(value, next.definition)),
              asking,
            )
          : uncounted('notSql')
    found.push(unkept(place, counted))
  }
  for (const change of way.changes)
    found.push(...(await unfit(change, { before, way }, asking)), ...(await doubled(change, { before, way }, asking)))
  // that none was found among the first is no word about all
  return found.filter(({ count, looked, unchecked }) => unchecked !== null || looked !== null || (count ?? 0) > 0)
}

type Counted = Pick<Unkept, 'count' | 'isMore' | 'looked' | 'unchecked' | 'rule' | 'examples'>

const uncounted = (unchecked: Unchecked): Counted => ({ count: null, isMore: false, looked: null, unchecked, rule: null, examples: [] })

const unkept = (place: Pick<Unkept, 'kind' | 'path' | 'object' | 'title' | 'bound' | 'isWarning'>, counted: Counted): Unkept => {
  const { kind, path, object, title, bound, isWarning } = place
  return { kind, path, object, title, bound, isWarning, ...counted }
}

/** The object as the caller sees it, with what statements over it are made of; null where they do not. */
function seenBy({ live, profile }: RequestContext, { name: of }: ObjectModel): { object: ObjectModel; query: QueryContext } | null {
  const object = lookup(profile.model.objects, of) && lookup(live.model.objects, of)
  return object ? { object, query: queryContext(live.model, profile.conditions, profile.model) } : null
}

/** What a record is called for the caller, and what stands in a field of it. */
function namedIn(
  { object, query }: { object: ObjectModel; query: QueryContext },
  field: FieldModel | null,
): { title: Sql; value: Sql } | null {
  const seen = lookup(query.shown.objects, object.name)
  const title = seen && lookup(seen.fields, object.title)
  if (field && !(seen && lookup(seen.fields, field.name))) return null
  return {
    title: title ? sql`(${shown(lookup(object.fields, title.name) ?? title, 't', query)})::text` : sql`null::text`,
    value: field && field.columns.length > 0 ? sql`to_json(${shown(field, 't', query)})` : sql`null::json`,
  }
}

interface CountRow {
  readonly count: number
  readonly looked: number
  readonly examples: readonly Example[]
}

const examplesOf = sql`(select coalesce(json_agg(json_build_object('id', f.id, 'title', f.title, 'value', f.value)), '[]'::json)
  from (select * from found order by id limit ${integer(mostNamed)}) f)`

/** Counts the records for which a rule holds: all of them, or where that takes too long the first of them. */
async function countByRule(
  object: ObjectModel,
  field: FieldModel | null,
  rule: unknown,
  { database, context, budgets, patience }: Asking,
): Promise<Counted> {
  const seen = seenBy(context, object)
  const named = seen && namedIn(seen, field)
  if (!seen || !named) return uncounted('hidden')
  const columns = sql`t.id, ${named.title} as title, ${named.value} as value`
  const ask = (piece: Sql, budget: number) =>
    askWithin<CountRow>(database, context.caller.workspace.schema, piece, slotsOf(context), patience.left(budget))
  try {
    const holds = chosen({ object: object.name, where: { rule: { rule } }, search: null, deleted: 'NO' }, 't', seen.query)
    const all = await ask(
      sql`with found as materialized (select ${columns} from ${from(seen.object, 't')} where ${holds} limit ${integer(mostCounted + 1)})
        select count(*)::int as count, 0 as looked, ${examplesOf} as examples from found`,
      budgets.whole,
    )
    if ('rows' in all) return countedFrom(all.rows, rule)
    if (all.unchecked !== 'slow') return uncounted(all.unchecked)
    const page = sql`select t.* from ${from(seen.object, 't')} where ${visible(seen.object, 't', seen.query)} order by t.id limit ${integer(mostCounted)}`
    const some = await ask(
      sql`with page as materialized (${page}), found as materialized (select ${columns} from page t where ${whereSql({ rule: { rule } }, seen.object, 't', seen.query)})
        select count(*)::int as count, (select count(*)::int from page) as looked, ${examplesOf} as examples from found`,
      budgets.part,
    )
    return 'rows' in some ? countedFrom(some.rows, rule) : uncounted(some.unchecked)
  } catch (error) {
    if (error instanceof DefinitionError) return uncounted(field?.class.rule === null ? 'notSql' : readsWhatIsHidden(object, rule, context))
    throw error
  }
}

function countedFrom([row]: readonly CountRow[], rule: unknown): Counted {
  const count = row?.count ?? 0
  const isMore = count > mostCounted
  const looked = row?.looked === mostCounted ? mostCounted : null
  return { count: Math.min(count, mostCounted), isMore, looked, unchecked: null, rule, examples: row?.examples ?? [] }
}

/** Whether a rule cannot be asked since the caller does not see what it reads, or since that is not there yet. */
function readsWhatIsHidden({ name: of }: ObjectModel, rule: unknown, { live }: RequestContext): Unchecked {
  const object = live.model.objects[of]
  try {
    if (object) whereSql({ rule: { rule } }, object, 't', queryContext(live.model, { of: () => null }))
    return 'hidden'
  } catch (error) {
    if (error instanceof DefinitionError) return 'notYet'
    throw error
  }
}

interface ValueRow {
  readonly id: string
  readonly title: string | null
  readonly value: unknown
}

/** Looks at the values of a field one by one, up to a bound. */
async function lookThrough(
  object: ObjectModel,
  field: FieldModel,
  isBad: (values: readonly unknown[]) => Promise<readonly boolean[]>,
  { database, context, patience }: Asking,
): Promise<Counted> {
  const seen = seenBy(context, object)
  const own = seen && lookup(lookup(seen.query.shown.objects, object.name)?.fields ?? {}, field.name)
  const named = seen && own && !own.masked ? namedIn(seen, field) : null
  if (!seen || !named) return uncounted('hidden')
  const answer = await askWithin<ValueRow>(
    database,
    context.caller.workspace.schema,
    sql`select t.id, ${named.title} as title, ${named.value} as value from ${from(seen.object, 't')}
      where ${visible(seen.object, 't', seen.query)} and ${name('t', field.columns[0]?.name ?? '')} is not null order by t.id limit ${integer(mostCounted)}`,
    slotsOf(context),
    patience.left(3_000),
  )
  if ('unchecked' in answer) return uncounted(answer.unchecked)
  const rows = answer.rows.filter(({ value }) => value !== null)
  const bad = await isBad(rows.map(({ value }) => value))
  const found = rows.filter((_, at) => bad[at] === true)
  const rule = found.length > 0 && found.length <= mostFiltered ? { in: [{ var: 'id' }, found.map(({ id }) => id)] } : null
  const looked = answer.rows.length === mostCounted ? mostCounted : null
  return { count: found.length, isMore: false, looked, unchecked: null, rule, examples: found.slice(0, mostNamed) }
}

type Present = Pick<Decided, 'before' | 'way'>

/** The values that a change of type cannot take over. */
async function unfit({ do: deed, field }: Change, { before, way }: Present, asking: Asking): Promise<Unkept[]> {
  const old = field?.before ? placed(field.before, before) : null
  const next = field?.after ? placed(field.after, way.model) : null
  const object = old && lookup(before.objects, old.object)
  if (deed === 'rename' || !old || !next || !object || old.columns.length === 0 || !isMoved(old, next)) return []
  const { database, context } = asking
  const counted = await lookThrough(
    object,
    old,
    async values =>
      (await takenOver(database.pool, context.caller.workspace.schema, values, old, next, before.objects)).map(value => value === null),
    asking,
  )
  const place = { kind: 'converts', path: `objects/${next.object}/fields/${next.name}`, object: object.name } as const
  return [unkept({ ...place, title: next.label, bound: null, isWarning: false }, counted)]
}

/** Values of a field that becomes unique and that several records have. */
async function doubled({ do: deed, field }: Change, { before, way }: Present, { database, context, patience }: Asking): Promise<Unkept[]> {
  const old = field?.before ? placed(field.before, before) : null
  const next = field?.after ? placed(field.after, way.model) : null
  const object = old && lookup(before.objects, old.object)
  if (deed === 'rename' || !old || !next || !object || !next.definition.unique || old.definition.unique || isMoved(old, next)) return []
  const place = { kind: 'double', path: `objects/${next.object}/fields/${next.name}/unique`, object: object.name } as const
  const told = (counted: Counted) => [unkept({ ...place, title: next.label, bound: null, isWarning: false }, counted)]
  const seen = seenBy(context, object)
  const own = seen && lookup(lookup(seen.query.shown.objects, object.name)?.fields ?? {}, old.name)
  if (!seen || !own || own.masked) return told(uncounted('hidden'))
  const column = name('t', old.columns[0]?.name ?? '')
  const answer = await askWithin<{ value: unknown; records: number; count: number }>(
    database,
    context.caller.workspace.schema,
    sql`with found as materialized (select to_json(${shown(old, 't', seen.query)}) #>> '{}' as value, count(*)::int as records from ${from(seen.object, 't')}
        where ${visible(seen.object, 't', seen.query)} and ${column} is not null group by ${column}, 1 having count(*) > 1 limit ${integer(mostCounted + 1)})
      select value, records, (select count(*)::int from found) as count from found order by records desc, value limit ${integer(mostNamed)}`,
    slotsOf(context),
    patience.left(4_000),
  )
  if ('unchecked' in answer) return told(uncounted(answer.unchecked))
  const count = answer.rows[0]?.count ?? 0
  const examples = answer.rows.map(({ value, records }) => ({ id: null, title: String(value), value: records }))
  const rule = examples.length > 0 ? { in: [{ var: old.name }, answer.rows.map(({ value }) => value)] } : null
  return told({ count: Math.min(count, mostCounted), isMore: count > mostCounted, looked: null, unchecked: null, rule, examples })
}
