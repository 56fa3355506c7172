import { DefinitionError } from '../errors.js'
import { type FilterOperator, filterOf, filters } from '../fields/filters.js'
import { withoutMasked } from '../model/masked.js'
import type { ChildModel, FieldModel, ObjectModel } from '../model/model.js'
import { fieldNamed, typeScope } from '../model/scope.js'
import { lookup } from '../registry.js'
import { checkRule } from '../rules/check.js'
import { toSql } from '../rules/sql-reading.js'
import { all, any, literal, name, param, Slot, type Sql, sql } from '../sql/sql.js'
import { endOf } from './merged.js'
import { needsLook } from './needs-look.js'
import type { Bound, Choice, Where } from './plan.js'
import { belongsTo, column, from, objectOf, type QueryContext, ruleScope, shownKey, typeColumn, value, visible } from './source.js'
import { spanBounds } from './span.js'

/** Everything that decides whether a row belongs to a choice of records. */
export function chosen(choice: Choice, alias: string, context: QueryContext, isUnderSeen = false): Sql {
  const object = objectOf(context, choice.object)
  return all([
    visible(object, alias, context, choice.deleted, isUnderSeen),
    // what is in the bin still points at what was merged
    ...(choice.where ? [whereSql(choice.where, object, alias, choice.deleted === 'NO' ? context : { ...context, isExact: true })] : []),
    ...(choice.search && !choice.search.isNull ? [searchSql(choice.search, object, alias, context)] : []),
  ])
}

/** A filter as a condition over rows of an alias. Keys are known: whoever made the tree has looked them up. */
export function whereSql(where: Where, object: ObjectModel, alias: string, context: QueryContext): Sql {
  return all(Object.entries(where).map(([key, inner]) => conditionSql(key, inner, object, alias, context)))
}

function conditionSql(key: string, inner: Where[string] | undefined, object: ObjectModel, alias: string, context: QueryContext): Sql {
  const whole = (part: unknown) => whereSql(part as Where, object, alias, context)
  if (key === 'and') return all((inner as readonly Where[]).map(whole))
  if (key === 'or') return any((inner as readonly Where[]).map(whole))
  if (key === 'not') return sql`not coalesce(${whole(inner)}, false)`
  if (key === 'rule') return ruleSql((inner as { readonly rule: unknown }).rule, object, alias, context)
  const child = lookup(object.children, key)
  if (child) return childSql(child, inner as Where, alias, context)
  const field = fieldNamed(object, key)
  if (!field) throw new Error(`No field ${key} in ${object.name}`)
  if (field.targets && key === field.name) return targetsSql(field, inner as Where, alias, context)
  return field.relation && key === field.name
    ? relatedSql(field, inner as Where, alias, context)
    : operatorsSql(field, inner as Readonly<Record<string, unknown>>, alias, context)
}

function ruleSql(rule: unknown, object: ObjectModel, alias: string, context: QueryContext): Sql {
  const asked = withoutMasked(context.shown)
  const { checked, issues } = checkRule(
    rule,
    typeScope(objectOf({ ...context, model: asked }, object.name), asked.objects, { before: false, rows: true }),
    'boolean',
    'where/rule',
    { isForSql: true },
  )
  if (!checked) throw new DefinitionError(issues)
  return toSql(checked, ruleScope(object, alias, context, true))
}

function relatedSql(field: FieldModel, inner: Where, alias: string, context: QueryContext): Sql {
  if (field.relation?.to === null || !field.relation) return memberSql(field, inner, alias)
  const target = objectOf(context, field.relation.to)
  const next = context.alias()
  return sql`exists (select from ${from(target, next)} where ${name(next, 'id')} = ${column(field, alias)} and ${visible(target, next, context)} and ${whereSql(inner, target, next, context)})`
}

/** Conditions on the record of one of several objects that a field points at. */
function targetsSql(field: FieldModel, inner: Where, alias: string, context: QueryContext): Sql {
  return all(
    Object.entries(inner).map(([object, where]) => {
      const target = objectOf(context, object)
      const next = context.alias()
      const isThere = sql`exists (select from ${from(target, next)} where ${name(next, 'id')} = ${column(field, alias)} and ${visible(target, next, context)} and ${whereSql(where as Where, target, next, context)})`
      return sql`${typeColumn(field, alias, context)} = ${literal(object)} and ${isThere}`
    }),
  )
}

// members are told apart by id only; their other properties are no business of filters
function memberSql(field: FieldModel, inner: Where, alias: string): Sql {
  const id = inner.id as Readonly<Record<string, unknown>> | undefined
  return id
    ? all(Object.entries(id).map(([operator, bound]) => one(field, operator as FilterOperator, bound, column(field, alias))))
    : sql`true`
}

function childSql(model: ChildModel, inner: Where, alias: string, context: QueryContext): Sql {
  const child = objectOf(context, model.object)
  return all(
    Object.entries(inner).map(([quantifier, condition]) => {
      const next = context.alias()
      const matches = whereSql(condition as Where, child, next, context)
      const rows = (tested: Sql) =>
        sql`exists (select from ${from(child, next)} where ${belongsTo(model, next, name(alias, 'id'), context)} and ${visible(child, next, context)} and ${tested})`
      if (quantifier === 'some') return rows(matches)
      return quantifier === 'none' ? sql`not ${rows(matches)}` : sql`not ${rows(sql`not coalesce(${matches}, false)`)}`
    }),
  )
}

function operatorsSql(field: FieldModel, operators: Readonly<Record<string, unknown>>, alias: string, context: QueryContext): Sql {
  const led = context.isExact ? [] : ledTo(field, context)
  const test = (operator: string, bound: unknown, piece: Sql) => one(field, operator as FilterOperator, bound, piece, led)
  return all(
    Object.entries(operators).map(([operator, bound]) => {
      if (!field.relation || !needsLook(field, context)) return test(operator, bound, value(field, alias, context))
      const isPositive = (operator === 'eq' && !(bound as Bound).isNull) || operator === 'in'
      if (!isPositive) return test(operator, bound, shownKey(field, alias, context))
      return sql`(${test(operator, bound, column(field, alias))} and ${shownKey(field, alias, context)} is not null)`
    }),
  )
}

/** The objects whose merged records are named by the ids that a field is compared with; none for members. */
function ledTo(field: FieldModel, context: QueryContext): ObjectModel[] {
  if (field.name === 'id') return [objectOf(context, field.object)]
  if (field.targets) return field.targets.flatMap(target => lookup(context.model.objects, target) ?? [])
  return field.relation?.to ? [objectOf(context, field.relation.to)] : []
}

/**
 * One operator over a value; the bound values get the type of the field's class.
 * @param led the objects of the records that bound ids name: an id of one that was merged means the one that it went into
 */
function one(field: FieldModel, operator: FilterOperator, bound: unknown, piece: Sql, led: readonly ObjectModel[] = []): Sql {
  const filter = filterOf(operator)
  const type = field.class.sqlType
  const cast = (value: unknown, list = false): Sql => {
    const given = castTo(value, field.class.name === 'choices' || list ? 'list' : 'one', type)
    if (led.length === 0) return given
    return list ? sql`array(select ${endOf(sql`x.id`, led)} from unnest(${given}) x(id))` : endOf(given, led)
  }
  const leaf = bound as Bound
  if (filter.input === 'flag') return filter.sql({ column: piece, values: [], flag: (leaf.known ?? leaf.value) === true, isNull: false })
  if (filter.input === 'many') return filter.sql({ column: piece, values: [cast(leaf.value, true)], flag: false, isNull: false })
  if (filter.input === 'pair')
    return filter.sql({ column: piece, values: [cast(itemOf(leaf.value, 0)), cast(itemOf(leaf.value, 1))], flag: false, isNull: false })
  if (filter.input === 'near')
    return filter.sql({
      column: piece,
      values: ['latitude', 'longitude', 'meters'].map(part => sql`${itemOf(leaf.value, part)}::float8`),
      flag: false,
      isNull: false,
    })
  if (filter.input === 'span')
    return filter.sql({
      column: piece,
      values: spanBounds(leaf.value, field.class.name === 'dateTime').map(edge => cast(edge)),
      flag: false,
      isNull: false,
    })
  if (!texts.has(operator)) return filter.sql({ column: piece, values: [cast(leaf.value)], flag: false, isNull: leaf.isNull })
  return filter.sql({ column: asText(field, piece), values: [sql`${leaf.value}::text`], flag: false, isNull: leaf.isNull })
}

/** What conditions on texts look into. */
const asText = (field: FieldModel, piece: Sql): Sql => field.class.text?.(piece) ?? piece

const texts: ReadonlySet<string> = new Set<keyof typeof filters>(['contains', 'iContains', 'startsWith', 'endsWith'])

/** A parameter cast to a type that the field register names. */
function castTo(bound: unknown, form: 'one' | 'list', type: string): Sql {
  const plain = type.replace('[]', '')
  const caster = casts[plain]
  if (!caster) throw new Error(`No cast to ${type}`)
  return form === 'list' ? caster.list(param(bound)) : caster.one(param(bound))
}

const casts: Readonly<Record<string, { readonly one: (piece: Sql) => Sql; readonly list: (piece: Sql) => Sql }>> = {
  text: { one: piece => sql`${piece}::text`, list: piece => sql`${piece}::text[]` },
  integer: { one: piece => sql`${piece}::integer`, list: piece => sql`${piece}::integer[]` },
  numeric: { one: piece => sql`${piece}::numeric`, list: piece => sql`${piece}::numeric[]` },
  boolean: { one: piece => sql`${piece}::boolean`, list: piece => sql`${piece}::boolean[]` },
  date: { one: piece => sql`${piece}::date`, list: piece => sql`${piece}::date[]` },
  time: { one: piece => sql`${piece}::time`, list: piece => sql`${piece}::time[]` },
  duration: {
    one: piece => sql`extract(epoch from ${piece}::text::interval)::bigint`,
    list: piece => sql`array(select extract(epoch from d::interval)::bigint from unnest(${piece}::text[]) d)`,
  },
  'timestamptz(3)': { one: piece => sql`${piece}::timestamptz`, list: piece => sql`${piece}::timestamptz[]` },
  jsonb: { one: piece => sql`${piece}::jsonb`, list: piece => sql`${piece}::jsonb[]` },
  uuid: { one: piece => sql`${piece}::uuid`, list: piece => sql`${piece}::uuid[]` },
}

/** The cast of a single value of a class. */
export const castOne = (type: string, bound: unknown): Sql => castTo(bound, 'one', type)

/** The cast of a list of values of a class. */
export const castList = (type: string, bound: unknown): Sql => castTo(bound, 'list', type)

const itemOf = (whole: unknown, key: number | string): unknown =>
  whole instanceof Slot
    ? new Slot(env => itemOf(whole.read(env), key))
    : ((whole as Readonly<Record<string, unknown>> | null)?.[key] ?? null)

/** The fields that a search looks into; the title when none is marked. What the caller does not see whole is not searched. */
const searchedFields = (object: ObjectModel, context: QueryContext): FieldModel[] => {
  const seen = lookup(withoutMasked(context.shown).objects, object.name)?.fields ?? {}
  return searchable(object).filter(field => Object.hasOwn(seen, field.name))
}

const searchable = (object: ObjectModel): FieldModel[] => {
  const marked = Object.values(object.fields).filter(field => field.definition.search !== undefined && field.columns.length > 0)
  const title = object.fields[object.title]
  // the title of a link is the record at its end, which has no text of its own
  return marked.length > 0 ? marked : title && title.columns.length > 0 && !title.relation && !title.targets ? [title] : []
}

/** Every word of a search stands in one of the searched fields, in any case. */
function searchSql(search: Bound, object: ObjectModel, alias: string, context: QueryContext): Sql {
  const fields = searchedFields(object, context)
  if (fields.length === 0) return sql`false`
  const patterns = sql`array(select '%' || replace(replace(replace(word, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%' from unnest(regexp_split_to_array(trim(${search.value}::text), '\\s+')) word)`
  return any(fields.map(field => sql`${asText(field, column(field, alias))} ilike all (${patterns})`))
}
