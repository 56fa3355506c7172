import { maskedSql } from '../fields/masks.js'
import type { ThroughModel } from '../model/junction-model.js'
import { positionName } from '../model/junctions.js'
import type { ChildModel, FieldModel, Model, ObjectModel } from '../model/model.js'
import { fieldNamed, treeAt } from '../model/scope.js'
import { lookup } from '../registry.js'
import { type RowsSql, type SqlScope, toSql } from '../rules/sql-reading.js'
import { all, any, join, literal, name, nothing, param, type Sql, sql } from '../sql/sql.js'
import { asker } from './asker.js'
import { type Condition, underSeen } from './condition.js'
import { needsLook } from './needs-look.js'
import { type PointedAt, rowPointedAt } from './pointed-at.js'
import { type EarlierShares, reachSql, sharedSql } from './reach.js'
import { rowsIn } from './rows-in.js'

/** Which records a caller may read: a condition for each object; null is all of them. */
export interface Conditions {
  readonly of: (object: string) => Condition | null
}
/** Every record, for the product itself. */
export const unrestricted: Conditions = { of: () => null }

/** What statements are made of: the model with its physical names, and what the caller may read. */
export interface QueryContext {
  readonly model: Model
  /** The model as the caller sees it: what their own rules may name. */
  readonly shown: Model
  readonly conditions: Conditions
  /** A table alias that is not yet in the statement. */
  readonly alias: () => string
  /** Whether ids in filters mean only the records of these ids, also where those were merged. */
  readonly isExact?: boolean
  /** What a rule that reads along a field need not look up. */
  readonly pointedAt?: PointedAt
  /** Where it is asked what somebody saw before shares of a record changed. */
  readonly earlier?: EarlierShares
}

/** A context for one statement. */
export function queryContext(model: Model, conditions: Conditions, visible: Model = model): QueryContext {
  let last = 0
  return { model, shown: visible, conditions, alias: () => `t${last++}` }
}

/** The object of a name that is known to be in the model. */
export function objectOf(context: QueryContext, objectName: string): ObjectModel {
  const object = lookup(context.model.objects, objectName)
  if (!object) throw new Error(`No object ${objectName} in the model`)
  return object
}

/** A table with its alias, as it stands behind `from`. */
export const from = (object: ObjectModel, alias: string): Sql => sql`${rowsIn(object)} ${name(alias)}`

type Deleted = 'NO' | 'ONLY' | 'WITH'

/**
 * The condition that a row is there for the caller: not deleted (or as asked), and covered by the record rules.
 * @param isUnderSeen whether it is a line of a record that is there for the caller: then it need not be asked once more for each
 */
export function visible(object: ObjectModel, alias: string, context: QueryContext, deleted: Deleted = 'NO', isUnderSeen = false): Sql {
  const own = context.conditions.of(object.name)
  const condition = isUnderSeen ? underSeen(own, context.conditions.of(object.detail?.relation?.to ?? '')) : own
  const column = name(alias, 'deleted_at')
  const live = deleted === 'WITH' ? [] : [deleted === 'NO' ? sql`${column} is null` : sql`${column} is not null`]
  return all([...live, ...(condition ? [conditionSql(condition, object, alias, context)] : []), ...sidesVisible(object, alias, context)])
}

/** A condition over the rows of an alias. */
export function conditionSql(condition: Condition, object: ObjectModel, alias: string, context: QueryContext): Sql {
  if (condition.kind === 'rule') return toSql(condition.rule, ruleScope(object, alias, context))
  if (condition.kind === 'reach') return reachSql(object, alias, condition.level)
  if (condition.kind === 'shared') return sharedSql(object, alias, condition.level, context.earlier)
  if (condition.kind === 'parent') return parentSql(condition.of, object, alias, context)
  if (condition.kind === 'not') return sql`not coalesce(${conditionSql(condition.of, object, alias, context)}, false)`
  const parts = condition.of.map(one => conditionSql(one, object, alias, context))
  return condition.kind === 'any' ? any(parts) : all(parts)
}

/** The condition that the parent of a line is covered. */
function parentSql(condition: Condition | null, { detail }: ObjectModel, alias: string, context: QueryContext): Sql {
  const parent = detail && lookup(context.model.objects, detail.relation?.to ?? '')
  if (!detail || !parent || condition === null) return sql`true`
  const next = context.alias()
  return sql`exists (select from ${from(parent, next)} where ${name(next, 'id')} = ${column(detail, alias)} and ${conditionSql(condition, parent, next, context)})`
}

/** A link is there for a caller when both of its ends are; it is deleted with either. */
function sidesVisible(object: ObjectModel, alias: string, context: QueryContext): Sql[] {
  if (!object.junction) return []
  return [object.junction.near, object.junction.far].flatMap(side => {
    const field = object.fields[side]
    const target = lookup(context.model.objects, field?.relation?.to ?? '')
    if (!field || !target || context.conditions.of(target.name) === null) return []
    const next = context.alias()
    return [
      sql`exists (select from ${from(target, next)} where ${name(next, 'id')} = ${column(field, alias)} and ${visible(target, next, context)})`,
    ]
  })
}

/** The condition that a row is one of the children of a record: it points there, or a link joins them. */
export function belongsTo(child: ChildModel, alias: string, id: Sql, context: QueryContext): Sql {
  if (child.through) return sql`${name(alias, 'id')} in ${linkedIds(child.through, id, context)}`
  const field = objectOf(context, child.object).fields[child.field]
  if (!field) throw new Error(`No field ${child.field} in ${child.object}`)
  const type = child.pointsAs && objectOf(context, child.object).fields[child.pointsAs.field]
  const isHere = type && child.pointsAs ? sql` and ${column(type, alias)} = ${literal(child.pointsAs.object)}` : nothing
  return sql`${column(field, alias)} = ${id}${isHere}`
}

/** The companion of a polymorphic field: the object that it points at. */
export function typeColumn(field: FieldModel, alias: string, context: QueryContext): Sql {
  const type = Object.values(objectOf(context, field.object).fields).find(({ typeOf }) => typeOf === field.name)
  if (!type) throw new Error(`No type beside ${field.object}.${field.name}`)
  return column(type, alias)
}

/** The objects of a polymorphic field that the caller may read. */
export const shownTargets = (field: FieldModel, context: QueryContext): ObjectModel[] =>
  (lookup(context.shown.objects, field.object)?.fields[field.name]?.targets ?? []).map(target => objectOf(context, target))

/** The id that a polymorphic field shows: empty when its record is deleted or not for the caller. */
function shownTarget(field: FieldModel, alias: string, context: QueryContext): Sql {
  const cases = shownTargets(field, context).map(target => {
    const next = context.alias()
    return sql`when ${literal(target.name)} then (select ${name(next, 'id')} from ${from(target, next)} where ${name(next, 'id')} = ${column(field, alias)} and ${visible(target, next, context)})`
  })
  return cases.length === 0 ? sql`null::uuid` : sql`(case ${typeColumn(field, alias, context)} ${join(cases, ' ')} end)`
}

/** The ids of the records at the other end of the live links of a record, as a subquery; of each there is one. */
function linkedIds({ junction, own, other }: ThroughModel, id: Sql, context: QueryContext): Sql {
  const { links, ownColumn, otherColumn } = linkColumns(junction, own, other, context)
  return sql`(select ${otherColumn} from ${links} where ${ownColumn} = ${id} and l.deleted_at is null)`
}

/** Where the link between two records stands in the order of the first. */
export function linkPosition({ junction, own, other }: ThroughModel, id: Sql, target: Sql, context: QueryContext): Sql {
  const { links, ownColumn, otherColumn, object } = linkColumns(junction, own, other, context)
  const position = object.fields[positionName]
  return sql`(select ${position ? column(position, 'l') : sql`null::integer`} from ${links} where ${ownColumn} = ${id} and ${otherColumn} = ${target} and l.deleted_at is null)`
}

function linkColumns(junction: string, own: string, other: string, context: QueryContext) {
  const object = objectOf(context, junction)
  const [ownField, otherField] = [object.fields[own], object.fields[other]]
  if (!ownField || !otherField) throw new Error(`No ends ${own} and ${other} in ${junction}`)
  return { object, links: from(object, 'l'), ownColumn: column(ownField, 'l'), otherColumn: column(otherField, 'l') }
}

/**
 * Where rules over rows of an alias read from. Reading along relations is the own right of a rule of the app that decides and does not show.
 * @param isAsked whether a caller wrote the rule or is shown what it gives: then it reads only records that they may see
 */
export function ruleScope(object: ObjectModel, alias: string, context: QueryContext, isAsked = false): SqlScope {
  const place: Place = { object, alias, context, isAsked }
  return {
    read: path => readPath(path[0] === 'record' && path.length > 1 ? path.slice(1) : path, place),
    timeZone: sql`${asker.timeZone}::text`,
    branch: path => branchSql(path[0] === 'record' ? path.slice(1) : path, place),
    rows: path => rowsSql(path[0] === 'record' ? path.slice(1) : path, place),
  }
}

/** The rows that a rule reads from. */
interface Place {
  readonly object: ObjectModel
  readonly alias: string
  readonly context: QueryContext
  readonly isAsked: boolean
}

/** Whether a record at the end of a relation is there for a rule. */
const isThere = (target: ObjectModel, alias: string, { context, isAsked }: Place): Sql =>
  isAsked ? visible(target, alias, context) : sql`${name(alias, 'deleted_at')} is null`

/** The ids from the record at a path up to the top of its tree, each looked up by the one below it. */
function branchSql(path: readonly string[], place: Place): Sql {
  const tree = treeAt(place.object, place.context.model.objects, path)
  if (!tree) throw new Error(`A checked rule follows a tree at ${path.join('.')}, which is none`)
  const next = place.context.alias()
  const columns = sql`${name(next, 'id')}, ${column(tree.above, next)}`
  const there = isThere(tree.object, next, place)
  return sql`with recursive up(id, above) as (select ${columns} from ${from(tree.object, next)} where ${name(next, 'id')} = ${readPath(path, place)} and ${there} union select ${columns} from ${from(tree.object, next)} join up on ${name(next, 'id')} = up.above where ${there}) select id from up`
}

function rowsSql([first = '']: readonly string[], place: Place): RowsSql {
  const child = lookup(place.object.children, first)
  const target = objectOf(place.context, child?.object ?? '')
  if (!child) throw new Error(`A checked rule goes through ${first}, which ${place.object.name} does not have`)
  const next = place.context.alias()
  return {
    from: from(target, next),
    where: sql`${belongsTo(child, next, name(place.alias, 'id'), place.context)} and ${isThere(target, next, place)}`,
    order: name(next, 'id'),
    scope: ruleScope(target, next, place.context, place.isAsked),
  }
}

function readPath(path: readonly string[], place: Place): Sql {
  const { object, alias, context } = place
  const [first = '', second] = path
  if (first === 'user' && second !== undefined)
    return second === 'id'
      ? sql`${asker.member}::uuid`
      : second === 'name'
        ? sql`${asker.memberName}::text`
        : sql`${asker.memberEmail}::text`
  if (path.length === 1 && first === 'now') return sql`${asker.now}::timestamptz`
  if (path.length === 1 && first === 'today') return sql`${asker.today}::date`
  const field = fieldNamed(object, first)
  if (!field) throw new Error(`A checked rule reads ${path.join('.')}, which ${object.name} does not have`)
  if (path.length > 1) return alongLookup(field, path.slice(1), place)
  return place.isAsked && field.relation ? shownKey(field, alias, context) : value(field, alias, context, place.isAsked)
}

function alongLookup(field: FieldModel, rest: readonly string[], place: Place): Sql {
  const target = objectOf(place.context, field.relation?.to ?? '')
  const parent = place.isAsked ? undefined : rowPointedAt(place.context.pointedAt, place.alias, field.name)
  if (parent)
    return sql`(case when ${isThere(target, parent, place)} then ${readPath(rest, { ...place, object: target, alias: parent })} end)`
  const next = place.context.alias()
  const end = readPath(rest, { ...place, object: target, alias: next })
  return sql`(select ${end} from ${from(target, next)} where ${name(next, 'id')} = ${column(field, place.alias)} and ${isThere(target, next, place)})`
}

/** The column of a stored field. */
export const column = (field: FieldModel, alias: string): Sql => name(alias, field.columns[0]?.name ?? '')

/**
 * The value of a field in PostgreSQL's own type: its column, its formula (unless that is kept in a column), or the currency of its amount. A relation is the bare id.
 * @param isShown whether it is for the caller, so that a formula reads nothing of records that they may not see; false where a rule of the app decides by it
 */
export function value(field: FieldModel, alias: string, context: QueryContext, isShown = true): Sql {
  if (field.currencyOf !== null) return currency(field, alias, context)
  if (field.targets) return shownTarget(field, alias, context)
  if (field.typeOf !== undefined) return shownType(field, field.typeOf, alias, context)
  if (field.along) return alongValue(field, field.along, alias, context)
  if (field.rule && field.columns.length === 0)
    return sql`(${toSql(field.rule, ruleScope(objectOf(context, field.object), alias, context, isShown), 'value')})`
  return field.columns.length > 0 ? column(field, alias) : param(null)
}

/** The object that a polymorphic field shows, where it shows a record. */
function shownType(field: FieldModel, of: string, alias: string, context: QueryContext): Sql {
  const pointing = objectOf(context, field.object).fields[of]
  return pointing
    ? sql`(case when ${shownTarget(pointing, alias, context)} is not null then ${column(field, alias)} end)`
    : column(field, alias)
}

/** The value at the end of a relation; empty where the caller may not see the record there. */
function alongValue(
  field: FieldModel,
  { relation, field: end }: NonNullable<FieldModel['along']>,
  alias: string,
  context: QueryContext,
): Sql {
  const own = objectOf(context, field.object).fields[relation]
  const target = objectOf(context, own?.relation?.to ?? '')
  const shownThere = target.fields[end]
  if (!own || !shownThere) throw new Error(`No ${relation}.${end} for ${field.object}.${field.name}`)
  const next = context.alias()
  return sql`(select ${value(shownThere, next, context)} from ${from(target, next)} where ${name(next, 'id')} = ${column(own, alias)} and ${visible(target, next, context)})`
}

function currency(field: FieldModel, alias: string, context: QueryContext): Sql {
  const source = field.currency
  if (!source || source.from === 'workspace') return sql`${asker.currency}::text`
  if (source.from !== 'parent') return name(alias, source.column.name)
  const [parent, next] = [objectOf(context, source.object), context.alias()]
  return sql`(select ${name(next, source.column.name)} from ${from(parent, next)} where ${name(next, 'id')} = ${name(alias, source.key.name)})`
}

/** The id that a relation shows: empty when its record is deleted or not for the caller. */
export function shownKey(field: FieldModel, alias: string, context: QueryContext): Sql {
  const target = field.relation?.to ? objectOf(context, field.relation.to) : null
  if (!target || !needsLook(field, context)) return column(field, alias)
  const next = context.alias()
  return sql`(select ${name(next, 'id')} from ${from(target, next)} where ${name(next, 'id')} = ${column(field, alias)} and ${visible(target, next, context)})`
}

/** What a field shows, in the contract's form; of a value that the caller may not see whole, a part. */
export function shown(field: FieldModel, alias: string, context: QueryContext): Sql {
  if (field.relation) return shownKey(field, alias, context)
  const whole = field.class.read(value(field, alias, context))
  const mask = lookup(lookup(context.shown.objects, field.object)?.fields ?? {}, field.name)?.masked
  if (!mask) return whole
  const owner = mask.unlessOwner ? objectOf(context, field.object).fields.owner : undefined
  const part = maskedSql(whole, mask)
  return owner ? sql`(case when ${column(owner, alias)} = ${asker.member}::uuid then ${whole} else ${part} end)` : part
}
