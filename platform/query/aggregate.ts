import { type FilterOperator, filterOf } from '../fields/filters.js'
import type { FieldModel, ObjectModel } from '../model/model.js'
import { typeName } from '../model/naming.js'
import { fieldNamed } from '../model/scope.js'
import { all, integer, join, literal, name, nothing, type Sql, sql } from '../sql/sql.js'
import { asker } from './asker.js'
import { castOne, chosen } from './filter.js'
import { json } from './json.js'
import { along } from './page.js'
import type { AggregateName, AggregateOrder, AggregateOutput, AggregatePlan, Bound, DatePart, GroupKey, Measure } from './plan.js'
import { from, objectOf, type QueryContext } from './source.js'

/** Measures of groups as a JSON list; without an order the groups come in the order of their keys. */
export function aggregateSql(plan: AggregatePlan, context: QueryContext): Sql {
  const object = objectOf(context, plan.object)
  const alias = context.alias()
  const keys = plan.groupBy.map(key => groupKey(key, object, alias, context))
  const columns = [
    ...keys.map((key, index) => sql`${key.value} as ${name(`k${index}`)}`),
    ...measuresOf(plan).map((measure, index) => sql`${measureSql(measure, object, alias, context)} as ${name(`m${index}`)}`),
    sql`count(*)::int as n`,
  ]
  const groups = keys.length > 0 ? sql`group by ${join(keys.map((_, index) => integer(index + 1)))}` : nothing
  const having = plan.having.length > 0 ? sql`having ${all(plan.having.map(part => havingSql(part, object, alias, context)))}` : nothing
  const rows = sql`select ${join(columns)} from ${from(object, alias)} where ${chosen(plan, alias, context)} ${groups} ${having}`
  const order = orderSql(plan, keys)
  const values = plan.outputs.map(output => ({ key: output.key, value: outputSql(output, plan, object, keys) }))
  const offset = plan.offset && !plan.offset.isNull ? sql` offset ${plan.offset.value}::bigint` : nothing
  return sql`(select coalesce(json_agg(${json(values)}), '[]'::json) from (select * from (${rows}) g ${order} limit ${integer(plan.limit)}${offset}) g)`
}

interface Key {
  readonly field: FieldModel
  readonly value: Sql
  readonly by: DatePart | null
}

const parts: Readonly<Record<DatePart, Sql>> = {
  DAY: literal('day'),
  WEEK: literal('week'),
  MONTH: literal('month'),
  QUARTER: literal('quarter'),
  YEAR: literal('year'),
}

function groupKey({ path, by }: GroupKey, object: ObjectModel, alias: string, context: QueryContext): Key {
  const { field, piece } = along(path, object, alias, context)
  if (by === null) return { field, value: piece, by }
  const local = field.class.name === 'dateTime' ? sql`(${piece} at time zone ${asker.timeZone}::text)` : piece
  return { field, value: sql`date_trunc(${parts[by]}, ${local}::timestamp)::date`, by }
}

/** Every measure that the plan shows or orders by, each once. */
function measuresOf(plan: AggregatePlan): Measure[] {
  const shown = plan.outputs.flatMap(output =>
    output.show === 'fields'
      ? output.fields.flatMap(part => (part.field === null ? [] : [{ function: output.function, field: part.field }]))
      : [],
  )
  const ordered = plan.order.flatMap(order => ('measure' in order && order.measure.function !== 'count' ? [order.measure] : []))
  const unique = new Map<string, Measure>([...shown, ...ordered].map(measure => [measureName(measure), measure]))
  return [...unique.values()]
}

const measureName = (measure: Measure): string => (measure.function === 'count' ? 'count' : `${measure.function}.${measure.field}`)

function measureSql(measure: Measure, object: ObjectModel, alias: string, context: QueryContext): Sql {
  if (measure.function === 'count') return sql`count(*)::int`
  const { piece } = along([measure.field], object, alias, context)
  return functions[measure.function](piece)
}

const functions: Readonly<Record<AggregateName, (piece: Sql) => Sql>> = {
  sum: piece => sql`sum(${piece})`,
  avg: piece => sql`avg(${piece})`,
  min: piece => sql`min(${piece})`,
  max: piece => sql`max(${piece})`,
  countDistinct: piece => sql`count(distinct ${piece})::int`,
}

function havingSql({ measure, where }: AggregatePlan['having'][number], object: ObjectModel, alias: string, context: QueryContext): Sql {
  return all(
    Object.entries(where).map(([operator, bound]) => {
      const leaf = bound as Bound
      return filterOf(operator as FilterOperator).sql({
        column: measureSql(measure, object, alias, context),
        values: [castOne('numeric', leaf.value)],
        flag: (leaf.known ?? leaf.value) === true,
        isNull: leaf.isNull,
      })
    }),
  )
}

function orderSql(plan: AggregatePlan, keys: readonly Key[]): Sql {
  const measures = measuresOf(plan).map(measureName)
  const placeOf = (order: AggregateOrder): Sql => {
    if ('key' in order)
      return keys[order.key]?.by === null
        ? (keys[order.key]?.field.class.order(name(`k${order.key}`)) ?? name(`k${order.key}`))
        : name(`k${order.key}`)
    return order.measure.function === 'count' ? name('n') : name(`m${measures.indexOf(measureName(order.measure))}`)
  }
  const asked = plan.order.map(
    order =>
      sql`${placeOf(order)} ${order.direction.startsWith('DESC') ? sql`desc` : sql`asc`} ${order.direction.endsWith('NULLS_FIRST') ? sql`nulls first` : sql`nulls last`}`,
  )
  const rest = keys.map((key, index) => sql`${key.by === null ? key.field.class.order(name(`k${index}`)) : name(`k${index}`)} nulls last`)
  return asked.length + rest.length > 0 ? sql`order by ${join([...asked, ...rest])}` : nothing
}

function outputSql(output: AggregateOutput, plan: AggregatePlan, object: ObjectModel, keys: readonly Key[]): Sql {
  if (output.show === 'typename') return literal(`${typeName(object.name)}Aggregate`)
  if (output.show === 'count') return name('g', 'n')
  if (output.show === 'keys') return sql`json_build_array(${join(keys.map((key, index) => keyForm(key, name('g', `k${index}`))))})`
  const measures = measuresOf(plan).map(measureName)
  return json(
    output.fields.map(({ key, field }) => {
      if (field === null) return { key, value: literal(`${typeName(object.name)}Fields`) }
      const piece = name('g', `m${measures.indexOf(`${output.function}.${field}`)}`)
      return { key, value: resultForm(output.function, fieldNamed(object, field), piece) }
    }),
  )
}

const keyForm = (key: Key, piece: Sql): Sql => (key.by === null ? key.field.class.read(piece) : sql`to_char(${piece}, 'YYYY-MM-DD')`)

function resultForm(measure: AggregateName, field: FieldModel | null, piece: Sql): Sql {
  if (measure === 'countDistinct') return piece
  if ((measure === 'sum' || measure === 'avg') && field?.class.addsToItself) return field.class.read(piece)
  if (measure === 'sum' || measure === 'avg') return sql`trim_scale(${measure === 'avg' ? sql`round(${piece}, 6)` : piece}::numeric)::text`
  return field ? (field.class.name === 'integer' ? sql`${piece}::text` : field.class.read(piece)) : piece
}
