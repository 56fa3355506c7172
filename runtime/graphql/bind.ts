import { isId } from '@tessera/platform/fields/id-text.js'
import type { Bound } from '@tessera/platform/query/plan.js'
import { type Env, Slot } from '@tessera/platform/sql/sql.js'
import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  Kind,
  type ValueNode,
  valueFromAST,
} from 'graphql'
import { wholeInputs } from './shared-types.js'

/** An argument as a tree: objects and lists of objects stay, values at the leaves are bound (constants of the document, slots of variables). */
export type Tree = Leaf | { readonly [key: string]: Tree } | readonly Tree[]

/** A bound value and what it is in this request; `known` may decide the form of a statement only where the shape of variables covers it. */
export interface Leaf extends Bound {
  readonly leaf: true
  readonly known: unknown
}

export const isLeaf = (tree: Tree | undefined): tree is Leaf => typeof tree === 'object' && 'leaf' in tree && tree.leaf === true

/** No record has it; it stands for a text that is no id. */
const noRecord = '00000000-0000-0000-0000-000000000000'

/** Whether values of a type are bound whole, not looked into: scalars, lists of scalars, enums, spans of days. */
const isWhole = (type: GraphQLInputType): boolean => {
  const named = getNamedType(type)
  return !isInputObjectType(named) || wholeInputs.has(named)
}

/**
 * Binds an argument.
 * @param node its value in the document
 * @param variables coerced
 */
export function bind(node: ValueNode, type: GraphQLInputType, variables: Readonly<Record<string, unknown>>): Tree {
  if (node.kind === Kind.VARIABLE) return bindVariable(variables[node.name.value], type, env => env.variables[node.name.value])
  const inner = getNullableType(type)
  if (node.kind === Kind.NULL || isWhole(inner)) return wholeLiteral(node, inner, variables)
  if (isListType(inner))
    return (node.kind === Kind.LIST ? node.values : [node]).map(item => bind(item, inner.ofType as GraphQLInputType, variables))
  if (inner instanceof GraphQLInputObjectType && node.kind === Kind.OBJECT) {
    const fields = inner.getFields()
    return Object.fromEntries(
      node.fields.flatMap(field => {
        const known = fields[field.name.value]
        const isAbsent = field.value.kind === Kind.VARIABLE && variables[field.value.name.value] === undefined
        return known && !isAbsent ? [[field.name.value, bind(field.value, known.type, variables)]] : []
      }),
    )
  }
  return wholeLiteral(node, inner, variables)
}

function wholeLiteral(node: ValueNode, type: GraphQLInputType, variables: Readonly<Record<string, unknown>>): Leaf {
  const names = variablesIn(node)
  const known = valueFromAST(node, type, variables) ?? null
  const read = (env: Env) => cleaned(valueFromAST(node, type, env.variables) ?? null, type)
  return { leaf: true, known, isNull: known === null, value: names ? new Slot(read) : cleaned(known, type) }
}

const variablesIn = (node: ValueNode): boolean =>
  node.kind === Kind.VARIABLE ||
  (node.kind === Kind.LIST && node.values.some(variablesIn)) ||
  (node.kind === Kind.OBJECT && node.fields.some(field => variablesIn(field.value)))

function bindVariable(value: unknown, type: GraphQLInputType, read: (env: Env) => unknown): Tree {
  const inner = getNullableType(type)
  if (value === null || value === undefined || isWhole(inner))
    return {
      leaf: true,
      known: value ?? null,
      isNull: value === null || value === undefined,
      value: new Slot(env => cleaned(read(env) ?? null, inner)),
    }
  if (isListType(inner)) {
    const items = Array.isArray(value) ? value : [value]
    return items.map((item, index) =>
      bindVariable(item, inner.ofType as GraphQLInputType, env => {
        const list = read(env)
        return Array.isArray(list) ? list[index] : list
      }),
    )
  }
  const fields = (inner as GraphQLInputObjectType).getFields()
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([key, item]) => {
      const known = fields[key]
      return known ? [[key, bindVariable(item, known.type, env => (read(env) as Readonly<Record<string, unknown>> | null)?.[key])]] : []
    }),
  )
}

/** What is sent to PostgreSQL: texts that are no ids stand for no record, instead of failing as a cast. */
function cleaned(value: unknown, type: GraphQLInputType): unknown {
  if (getNamedType(type).name !== 'ID') return value
  if (Array.isArray(value)) return value.map(item => cleaned(item, type))
  return typeof value === 'string' ? idOrNone(value) : value
}

/** An id as it is stored; a text that is none becomes the id that no record has. */
export const idOrNone = (text: string): string => (isId(text) ? text.toLowerCase() : noRecord)

/**
 * The shape of a variable: everything about its value that may decide the form of a statement. Keys and null-ness of objects,
 * lengths of lists of objects, enums, booleans, JSON, and whole numbers outside objects (limits).
 */
export function shapeOf(value: unknown, type: GraphQLInputType, isOutside = true): string {
  if (value === undefined) return '-'
  if (value === null) return '0'
  const inner = getNullableType(type)
  const named = getNamedType(inner)
  if (isWhole(inner)) {
    if (isEnumType(named) || named instanceof GraphQLEnumType || named.name === 'Boolean' || named.name === 'JSON')
      return JSON.stringify(value)
    return isOutside && named.name === 'Int' ? String(value) : '1'
  }
  if (isListType(inner))
    return `[${(Array.isArray(value) ? value : [value]).map(item => shapeOf(item, inner.ofType as GraphQLInputType, false)).join()}]`
  const fields = (inner as GraphQLInputObjectType).getFields()
  return `{${Object.entries(value as object)
    .map(([key, item]) => {
      const known = fields[key]
      return known ? `${key}:${shapeOf(item, known.type, false)}` : ''
    })
    .join()}}`
}
