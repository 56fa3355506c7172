import { valueClasses } from '@tessera/platform/fields/class-register.js'
import type { ValueClass } from '@tessera/platform/fields/classes.js'
import type { FilterOperator } from '@tessera/platform/fields/filters.js'
import { filterOf } from '@tessera/platform/fields/filters.js'
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLID,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLScalarType,
  GraphQLString,
} from 'graphql'
import { DateScalar, DateTimeScalar, Decimal, DurationScalar, Json, TimeScalar } from './scalars.js'

const scalars: Readonly<Record<string, GraphQLInputType>> = {
  String: GraphQLString,
  Int: GraphQLInt,
  Decimal,
  Boolean: GraphQLBoolean,
  Date: DateScalar,
  DateTime: DateTimeScalar,
  Time: TimeScalar,
  Duration: DurationScalar,
  ID: GraphQLID,
  '[String!]': new GraphQLList(new GraphQLNonNull(GraphQLString)),
  JSON: Json,
}

/** The types of values that are made of parts, read and written. */
const partTypes: Readonly<Record<string, GraphQLObjectType | GraphQLInputObjectType>> = Object.fromEntries(
  Object.values<ValueClass>(valueClasses).flatMap(({ output, input, parts, isList }) => {
    if (!parts || isList) return []
    const fields = Object.fromEntries(Object.entries(parts).map(([name, scalar]) => [name, { type: scalars[scalar] as GraphQLScalarType }]))
    return [
      [output, new GraphQLObjectType({ name: output, fields })],
      [input, new GraphQLInputObjectType({ name: input, fields })],
    ]
  }),
)

const lists = new Map<string, GraphQLInputType>()

function listOf(item: string): GraphQLInputType {
  const known = lists.get(item) ?? new GraphQLList(new GraphQLNonNull(scalarNamed(item)))
  lists.set(item, known)
  return known
}

/** The GraphQL scalar, list of scalars or type of parts that a value class names. */
export function scalarNamed(name: string): GraphQLInputType {
  const item = /^\[(\w+)!\]$/.exec(name)?.[1]
  if (item !== undefined && scalars[name] === undefined) return listOf(item)
  const scalar = scalars[name] ?? (partTypes[name] as GraphQLInputType | undefined)
  if (!scalar) throw new Error(`No scalar ${name}`)
  return scalar
}

export const Direction = enumOf(
  'Direction',
  ['ASC', 'DESC', 'ASC_NULLS_FIRST', 'DESC_NULLS_FIRST'],
  'Empty values come last unless the direction says first.',
)
export const DatePart = enumOf('DatePart', ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'], 'What days and instants are cut to.')
export const DeletedChoice = enumOf('DeletedChoice', ['NO', 'ONLY', 'WITH'], 'Whether deleted records belong to the answer.')

const SpanLength = new GraphQLInputObjectType({
  name: 'SpanLength',
  fields: { count: { type: new GraphQLNonNull(GraphQLInt) }, unit: { type: new GraphQLNonNull(DatePart) } },
})

/** A span of days seen from today, in the member's zone. */
export const DateSpan = new GraphQLInputObjectType({
  name: 'DateSpan',
  description: 'The last so many units up to today, the next ones from tomorrow, or a whole unit of the calendar.',
  isOneOf: true,
  fields: { last: { type: SpanLength }, next: { type: SpanLength }, this: { type: DatePart }, previous: { type: DatePart } },
})

const Near = new GraphQLInputObjectType({
  name: 'GeoNear',
  description: 'A place and how far from it.',
  fields: {
    latitude: { type: new GraphQLNonNull(Decimal) },
    longitude: { type: new GraphQLNonNull(Decimal) },
    meters: { type: new GraphQLNonNull(GraphQLInt) },
  },
})

/** Inputs that are bound whole, as one value. */
export const wholeInputs: ReadonlySet<unknown> = new Set([DateSpan, Near])

export const PageInfo = new GraphQLObjectType({
  name: 'PageInfo',
  fields: {
    hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    startCursor: { type: GraphQLString },
    endCursor: { type: GraphQLString },
  },
})

export const WorkspaceMember = new GraphQLObjectType({
  name: 'WorkspaceMember',
  description: 'A person in the workspace.',
  fields: {
    id: { type: new GraphQLNonNull(GraphQLID) },
    name: { type: GraphQLString },
    email: { type: GraphQLString },
    active: { type: GraphQLBoolean },
  },
})

export const RowIssue = new GraphQLObjectType({
  name: 'RowIssue',
  description: 'One problem of one row of a batch.',
  fields: {
    row: { type: new GraphQLNonNull(GraphQLInt) },
    id: { type: GraphQLID },
    code: { type: new GraphQLNonNull(GraphQLString) },
    path: { type: new GraphQLNonNull(GraphQLString) },
    message: { type: new GraphQLNonNull(GraphQLString) },
    hint: { type: GraphQLString },
    severity: { type: GraphQLString, description: '"warning" where confirming lets the row in, else empty.' },
    rule: { type: GraphQLString, description: 'Of a warning: its rule, as `confirm` takes it.' },
  },
})

export const GroupOptions = new GraphQLInputObjectType({ name: 'GroupOptions', fields: { by: { type: DatePart } } })

/** The filter input of each value class, by its name. */
export const filterTypes: Readonly<Record<string, GraphQLInputObjectType>> = Object.fromEntries(
  Object.values(valueClasses).map(valueClass => [valueClass.filter, filterType(valueClass)]),
)

function filterType(valueClass: ValueClass): GraphQLInputObjectType {
  return new GraphQLInputObjectType({
    name: valueClass.filter,
    fields: Object.fromEntries(valueClass.operators.map(operator => [operator, { type: operandType(operator, valueClass) }])),
  })
}

function operandType(operator: FilterOperator, valueClass: ValueClass): GraphQLInputType {
  const { input } = filterOf(operator)
  const item = valueClass.parts ? GraphQLString : scalarNamed(valueClass.input.replace(/[[\]!]/g, ''))
  if (input === 'flag') return GraphQLBoolean
  if (input === 'span') return DateSpan
  if (input === 'near') return Near
  return input === 'one' ? item : new GraphQLList(new GraphQLNonNull(item))
}

function enumOf(name: string, values: readonly string[], description: string): GraphQLEnumType {
  return new GraphQLEnumType({ name, description, values: Object.fromEntries(values.map(value => [value, { value }])) })
}
