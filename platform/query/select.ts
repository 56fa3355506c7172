import type { FieldModel, ObjectModel } from '../model/model.js'
import { typeName } from '../model/naming.js'
import { lookup } from '../registry.js'
import { integer, join, literal, name, nothing, param, type Sql, sql, workspaceTable } from '../sql/sql.js'
import { aggregateSql } from './aggregate.js'
import { estimateSlot } from './estimate.js'
import { chosen } from './filter.js'
import { json } from './json.js'
import { endOf } from './merged.js'
import { beyond, cursorSql, orderHash, orderSql, type SortKey, sortKeys } from './page.js'
import type {
  ConnectionOutput,
  EdgeOutput,
  ListPlan,
  MemberOutput,
  OnePlan,
  Output,
  PageInfoOutput,
  PartOutput,
  ReadPlan,
  RecordPlan,
  RootPlan,
} from './plan.js'
import { pointingAt } from './pointed-at.js'
import { afterwards, sharedLooks } from './shared-looks.js'
import { belongsTo, column, from, linkPosition, objectOf, type QueryContext, shown, typeColumn, value, visible } from './source.js'

/** The one statement of a read plan; its only column `data` is the JSON of the answer. */
export const select = (plan: ReadPlan, context: QueryContext): Sql =>
  sql`select ${json(plan.roots.map(root => ({ key: root.key, value: rootSql(root, context) })))}::text as data`

function rootSql(root: RootPlan, context: QueryContext): Sql {
  if (root.kind === 'typename') return literal(root.value)
  if (root.kind === 'one') return oneSql(root.one, context)
  return root.kind === 'list' ? listSql(root.list, context) : aggregateSql(root.aggregate, context)
}

function oneSql({ record, id }: OnePlan, context: QueryContext): Sql {
  const object = objectOf(context, record.object)
  const alias = context.alias()
  const end = endOf(sql`${param(id.value)}::uuid`, [object])
  return recordSql(
    record,
    alias,
    sql`from ${from(object, alias)} where ${name(alias, 'id')} = ${end} and ${visible(object, alias, context)}`,
    context,
  )
}

/**
 * A record of a table or of the rows that a write gave back, as JSON.
 * @param instead values of fields that do not come from the row
 */
export const recordSql = (
  record: RecordPlan,
  alias: string,
  source: Sql,
  context: QueryContext,
  instead: Readonly<Record<string, Sql>> = {},
): Sql =>
  json(
    record.outputs.map(output => ({
      key: output.key,
      value:
        (output.kind === 'field' ? lookup(instead, output.field) : undefined) ??
        outputSql(output, objectOf(context, record.object), alias, context),
    })),
    source,
  )

function outputSql(output: Output, object: ObjectModel, alias: string, context: QueryContext): Sql {
  if (output.kind === 'typename') return literal(output.value)
  if (output.kind === 'many') return childrenSql(output.child, output.list, object, alias, context)
  const field = fieldOf(object, output.field)
  if (output.kind === 'field') return shown(field, alias, context)
  if (output.kind === 'parts') return partsSql(field, output.outputs, alias, context)
  if (output.kind === 'any') return anySql(field, output.records, alias, context)
  if (output.kind === 'member') return memberSql(field, output.outputs, alias, context)
  const target = objectOf(context, output.record.object)
  const next = context.alias()
  return recordSql(
    output.record,
    next,
    sql`from ${from(target, next)} where ${name(next, 'id')} = ${column(field, alias)} and ${visible(target, next, context)}`,
    context,
  )
}

/** The record of one of several objects that a field points at. */
function anySql(field: FieldModel, records: readonly RecordPlan[], alias: string, context: QueryContext): Sql {
  const cases = records.map(record => {
    const target = objectOf(context, record.object)
    const next = context.alias()
    const source = sql`from ${from(target, next)} where ${name(next, 'id')} = ${column(field, alias)} and ${visible(target, next, context)}`
    return sql`when ${literal(target.name)} then ${recordSql(record, next, source, context)}`
  })
  return sql`case ${typeColumn(field, alias, context)} ${join(cases, ' ')} end`
}

function partsSql(field: FieldModel, outputs: readonly PartOutput[], alias: string, context: QueryContext): Sql {
  const whole = value(field, alias, context)
  const type = field.class.output.replace(/[[\]!]/g, '')
  const valuesOf = (one: Sql) =>
    outputs.map(({ key, part }) => ({
      key,
      value: part === null ? literal(type) : (field.class.part?.(one, part) ?? sql`${one} ->> ${literal(part)}`),
    }))
  if (field.class.isList) {
    const item = context.alias()
    return sql`(select json_agg(${json(valuesOf(name(item, 'one')))} order by ${name(item, 'n')}) from unnest(${whole}) with ordinality as ${name(item)}("one", "n"))`
  }
  const values = valuesOf(whole)
  return sql`case when ${whole} is not null then ${json(values)} end`
}

function memberSql(field: FieldModel, outputs: readonly MemberOutput[], alias: string, context: QueryContext): Sql {
  const next = context.alias()
  const values = outputs.map(output => ({
    key: output.key,
    value: output.show === 'typename' ? literal('WorkspaceMember') : name(next, output.show),
  }))
  return json(values, sql`from ${workspaceTable('_member')} ${name(next)} where ${name(next, 'id')} = ${column(field, alias)}`)
}

function childrenSql(childName: string, list: ListPlan, object: ObjectModel, alias: string, context: QueryContext): Sql {
  const child = lookup(object.children, childName)
  if (!child) throw new Error(`No child ${childName} in ${object.name}`)
  const { through } = child
  return listSql(list, context, {
    belongs: next => belongsTo(child, next, name(alias, 'id'), context),
    within: next =>
      through || child.pointsAs ? context : { ...context, pointedAt: pointingAt(alias, next, child.field, context.pointedAt) },
    isDetail: !through && objectOf(context, child.object).detail?.name === child.field,
    position: next => (through ? linkPosition(through, name(alias, 'id'), name(next, 'id'), context) : null),
  })
}

/** How a list of children belongs to its record. */
interface Belonging {
  readonly belongs: (alias: string) => Sql
  /** The context of the children: what is the same for all of them is read from the record. */
  readonly within: (alias: string) => QueryContext
  /** Whether they are lines of it, so that whoever sees it sees them as far as that is what their object asks. */
  readonly isDetail: boolean
  /** Where a child stands in the order of its links. */
  readonly position: (alias: string) => Sql | null
}

/** A page of records as JSON of a connection. */
function listSql(list: ListPlan, context: QueryContext, link?: Belonging): Sql {
  const object = objectOf(context, list.object)
  const alias = context.alias()
  const keys = sortKeys(list.order, object, alias, context, link?.position(alias))
  const base = link ? chosenOf(link, list, alias) : chosen(list, alias, context)
  const condition = list.cursor ? sql`${base} and ${beyond(keys, list.cursor, list.backward)}` : base
  const place: Place = { list, object, alias, keys, condition, context }
  const isSimple = !list.backward && list.outputs.every(({ show }) => ['nodes', 'totalCount', 'estimatedCount', 'typename'].includes(show))
  return json(
    isSimple ? list.outputs.map(output => ({ key: output.key, value: simpleSql(output, place, link) })) : pageValues(place, link),
    isSimple ? nothing : pageSource(place),
  )
}

/** The condition that a row is one of the children that are asked for. */
const chosenOf = ({ belongs, within, isDetail }: Belonging, list: ListPlan, alias: string): Sql =>
  sql`${belongs(alias)} and ${chosen(list, alias, within(alias), isDetail)}`

interface Place {
  readonly list: ListPlan
  readonly object: ObjectModel
  readonly alias: string
  readonly keys: readonly SortKey[]
  readonly condition: Sql
  readonly context: QueryContext
}

function simpleSql(output: ConnectionOutput, place: Place, link: Belonging | undefined): Sql {
  if (output.show === 'typename') return literal(`${typeName(place.object.name)}Connection`)
  if (isCount(output)) return countSql(output, place, link)
  if (output.show !== 'nodes') throw new Error('Not a simple page')
  const { list, alias, object, context } = place
  const { outputs } = output.record
  const shared = sharedLooks(output.record, object, context)
  const values = outputs.map(inner => {
    const field = shared.has(inner) && 'field' in inner ? fieldOf(object, inner.field) : null
    return sql`${field ? column(field, alias) : outputSql(inner, object, alias, context)} as ${name(inner.key)}`
  })
  const rows = sql`(select ${join(values)} from ${from(object, alias)} where ${place.condition} order by ${orderSql(place.keys, false)} ${limits(list, list.limit)})`
  const row = context.alias()
  return sql`(select coalesce(json_agg(row_to_json(${name(row)})), '[]'::json) from ${shared.size > 0 ? afterwards(rows, outputs, shared, context) : rows} ${name(row)})`
}

type CountOutput = Extract<ConnectionOutput, { show: 'totalCount' | 'estimatedCount' }>

const isCount = (output: ConnectionOutput): output is CountOutput => output.show === 'totalCount' || output.show === 'estimatedCount'

function countSql(output: CountOutput, { list, object, context }: Place, link: Belonging | undefined): Sql {
  if (output.show === 'estimatedCount' && output.root !== null) return sql`${estimateSlot(output.root)}::int`
  const alias = context.alias()
  const condition = link ? chosenOf(link, list, alias) : chosen(list, alias, context)
  return sql`(select count(*)::int from ${from(object, alias)} where ${condition})`
}

const limits = (list: ListPlan, limit: number): Sql =>
  sql`limit ${integer(limit)}${list.offset && !list.offset.isNull ? sql` offset ${list.offset.value}::bigint` : nothing}`

/** The rows of a page with one more, numbered, each with its nodes and cursor; `p` is their alias. */
function pageSource({ list, object, alias, keys, condition, context }: Place): Sql {
  const records = recordsOf(list)
  const columns = [
    ...records.map((record, index) => sql`${recordSql(record, alias, nothing, context)} as ${name(`node${index}`)}`),
    sql`${cursorSql(keys, orderHash(list.object, list.order))} as cursor`,
  ]
  return sql`from (select row_number() over () as n, q.* from (select ${join(columns)} from ${from(object, alias)} where ${condition} order by ${orderSql(keys, list.backward)} ${limits(list, list.limit + 1)}) q) p`
}

const recordsOf = (list: ListPlan): RecordPlan[] =>
  list.outputs.flatMap(output =>
    output.show === 'nodes'
      ? [output.record]
      : output.show === 'edges'
        ? output.outputs.flatMap(edge => (edge.show === 'node' ? [edge.record] : []))
        : [],
  )

function pageValues(place: Place, link: Belonging | undefined) {
  const { list } = place
  const records = recordsOf(list)
  const within = sql`filter (where p.n <= ${integer(list.limit)})`
  const order = list.backward ? sql`order by p.n desc` : sql`order by p.n`
  const listOf = (item: Sql) => sql`coalesce(json_agg(${item} ${order}) ${within}, '[]'::json)`
  const nodeOf = (record: RecordPlan) => name('p', `node${records.indexOf(record)}`)
  return list.outputs.map(output => {
    if (output.show === 'typename') return { key: output.key, value: literal(`${typeName(place.object.name)}Connection`) }
    if (isCount(output)) return { key: output.key, value: countSql(output, place, link) }
    if (output.show === 'nodes') return { key: output.key, value: listOf(nodeOf(output.record)) }
    if (output.show === 'edges')
      return {
        key: output.key,
        value: listOf(json(output.outputs.map(edge => ({ key: edge.key, value: edgeSql(edge, place.object, nodeOf) })))),
      }
    return { key: output.key, value: json(output.outputs.map(info => ({ key: info.key, value: pageInfoSql(info, list) }))) }
  })
}

function edgeSql(edge: EdgeOutput, object: ObjectModel, nodeOf: (record: RecordPlan) => Sql): Sql {
  if (edge.show === 'typename') return literal(`${typeName(object.name)}Edge`)
  return edge.show === 'cursor' ? sql`p.cursor` : nodeOf(edge.record)
}

function pageInfoSql(info: PageInfoOutput, list: ListPlan): Sql {
  const limit = integer(list.limit)
  const isFull = sql`count(p.n) > ${limit}` // of `p`, so that it counts the page and not the one row around it
  const isBehind = list.cursor !== null || (list.offset !== null && !list.offset.isNull) ? sql`true` : sql`false`
  const near = sql`min(p.cursor) filter (where p.n = 1)`
  const last = sql`(array_agg(p.cursor order by p.n desc) filter (where p.n <= ${limit}))[1]`
  switch (info.show) {
    case 'typename':
      return literal('PageInfo')
    case 'hasNextPage':
      return list.backward ? isBehind : isFull
    case 'hasPreviousPage':
      return list.backward ? isFull : isBehind
    case 'startCursor':
      return list.backward ? last : near
    case 'endCursor':
      return list.backward ? near : last
  }
}

function fieldOf(object: ObjectModel, fieldName: string): FieldModel {
  const field = lookup(object.fields, fieldName)
  if (!field) throw new Error(`No field ${fieldName} in ${object.name}`)
  return field
}
