import {
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isUnionType,
} from 'graphql'
import { idOf, mark } from './two-worlds.js'
import { hidden } from './two-worlds-hidden.js'

/** What stands in hidden records and hidden fields, by scalar; every operator is asked with it. */
const hiddenValues: Readonly<Record<string, readonly unknown[]>> = {
  ID: [hidden.onlyA, hidden.onlyB, hidden.person],
  String: [`${mark} One`, `${mark}-One`, '13811114444', 'firm'],
  Int: [50, 2],
  Decimal: ['500'],
  Date: ['2026-03-03'],
  DateTime: ['2026-03-03T00:00:00.000Z'],
  Boolean: [true],
}
/** Values that are looked for along relations, where each operator would be one too many. */
const few: Readonly<Record<string, unknown>> = {
  ID: { ne: idOf(999) },
  String: { eq: `${mark} One` },
  Int: { gt: 40 },
  Decimal: { gt: '400' },
}

const isFilter = (type: GraphQLInputObjectType) => 'isNull' in type.getFields()
const isQuantifier = (type: GraphQLInputObjectType) => 'some' in type.getFields() && !('and' in type.getFields())

/** Every filter that a caller can write about an object: each operator of each field, each relation with some of them. */
export function everyWhere(type: GraphQLInputObjectType): object[] {
  return Object.entries(type.getFields()).flatMap(([name, field]) => {
    const inner = getNamedType(field.type)
    if (!isInputObjectType(inner) || inner === type)
      return inner === type && name !== 'and' && name !== 'or' && name !== 'not' ? along(name, inner) : []
    if (isFilter(inner)) return operators(inner).map(condition => ({ [name]: condition }))
    return along(name, inner)
  })
}

/** Conditions on the records at the end of a relation. */
function along(name: string, inner: GraphQLInputObjectType): object[] {
  if (isQuantifier(inner)) {
    const target = getNamedType(inner.getFields().some?.type as GraphQLInputType) as GraphQLInputObjectType
    return ['some', 'none', 'every'].flatMap(quantifier => shallow(target).map(where => ({ [name]: { [quantifier]: where } })))
  }
  if ('and' in inner.getFields()) return shallow(inner).map(where => ({ [name]: where }))
  // a field that points at several objects
  return Object.entries(inner.getFields()).flatMap(([target, { type }]) =>
    shallow(getNamedType(type) as GraphQLInputObjectType).map(where => ({ [name]: { [target]: where } })),
  )
}

/** Some conditions on the fields of an object itself. */
function shallow(type: GraphQLInputObjectType): object[] {
  const own = Object.entries(type.getFields()).flatMap(([name, field]) => {
    const inner = getNamedType(field.type)
    if (!isInputObjectType(inner) || !isFilter(inner)) return []
    const scalar = scalarOf(inner)
    return [{ [name]: few[scalar] ?? { isNull: false } }]
  })
  return [{}, ...own.filter((_, index) => index === 0 || index > 7)]
}

const scalarOf = (filter: GraphQLInputObjectType) => {
  const one = filter.getFields().eq
  return one ? getNamedType(one.type).name : ''
}

function operators(filter: GraphQLInputObjectType): object[] {
  return Object.entries(filter.getFields()).flatMap(([name, { type }]) => {
    if (name === 'within') return [{ within: { this: 'YEAR' } }]
    if (name === 'near') return []
    const values = hiddenValues[getNamedType(type).name]
    if (!values) throw new Error(`${filter.name}.${name} has values of ${getNamedType(type).name}: say what hidden ones are like`)
    if (name === 'between') return [{ between: [values[0], values[0]] }]
    return isListType(getNullableType(type)) ? [{ [name]: values }] : values.slice(0, 2).map(value => ({ [name]: value }))
  })
}

/** The names that an order or a grouping takes, those of related records behind them. */
export function everyKey(type: GraphQLInputObjectType, isDeep = true): string[][] {
  return Object.entries(type.getFields()).flatMap(([name, field]) => {
    const inner = getNamedType(field.type)
    const isRelation = isInputObjectType(inner) && inner.name !== 'GroupOptions'
    if (!isRelation) return [[name]]
    return isDeep
      ? everyKey(inner, false)
          .filter(([key]) => !/At$|^version$/.test(key ?? ''))
          .map(path => [name, ...path])
      : []
  })
}

/** All that can be read of a record, and of what it points at. */
export function everything(type: GraphQLObjectType, depth = 1): string {
  const parts = Object.values(type.getFields()).map(({ name, type: of }) => {
    const inner = getNamedType(of)
    if (isLeafType(inner)) return name
    if (isUnionType(inner))
      return depth > 0
        ? `${name} { __typename ${inner
            .getTypes()
            .map(one => `... on ${one.name} { id }`)
            .join(' ')} }`
        : ''
    if (!isObjectType(inner)) return ''
    const node = /Connection$/.test(inner.name) ? (namedOf(inner.getFields().nodes) as GraphQLObjectType) : null
    if (node) return depth > 0 ? `${name}(first: 5) { totalCount nodes { ${everything(node, depth - 1)} } }` : `${name} { totalCount }`
    return depth > 0 || !('id' in inner.getFields()) ? `${name} { ${everything(inner, depth - 1)} }` : ''
  })
  return parts.filter(Boolean).join(' ')
}

const namedOf = (field: GraphQLField<unknown, unknown> | undefined): GraphQLNamedType | undefined => field && getNamedType(field.type)

/** All measures of an aggregate. */
export const everyMeasure = (type: GraphQLObjectType): string =>
  Object.values(type.getFields())
    .map(({ name, type: of }) => {
      const inner = getNamedType(of)
      return isObjectType(inner) ? `${name} { ${Object.keys(inner.getFields()).join(' ')} }` : name
    })
    .join(' ')
