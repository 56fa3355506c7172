import type { ObjectDefinition } from '../definitions/object.js'
import type { FieldDefinition } from '../fields/definition.js'
import { targetsOf } from '../fields/polymorphic.js'
import { lookup } from '../registry.js'

type Returns = NonNullable<FieldDefinition['returns']>

const ofType: Readonly<Record<string, Returns>> = {
  text: 'text',
  longText: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  select: 'text',
  currency: 'text',
  autonumber: 'text',
  integer: 'integer',
  decimal: 'decimal',
  percent: 'percent',
  money: 'money',
  boolean: 'boolean',
  date: 'date',
  dateTime: 'dateTime',
}

/** The functions whose result does not depend on the field that they read. */
const ofFunction: Readonly<Record<string, Returns>> = { count: 'integer', countDistinct: 'integer', exists: 'boolean', concat: 'text' }

/**
 * The same definitions, each rollup with what it returns: by its function, else as the field that it reads, through rollups of rollups.
 * One that says it keeps that. `junctions` are the objects that hold links. Where it cannot be told (an unknown field, a circle) it returns a decimal; linking says what is wrong.
 */
export function withReturns(definitions: readonly ObjectDefinition[], junctions: readonly ObjectDefinition[] = []): ObjectDefinition[] {
  const objects = Object.fromEntries([...junctions, ...definitions].map(definition => [definition.object, definition]))
  return definitions.map(definition => {
    if (!Object.values(definition.fields).some(field => field.type === 'rollup')) return definition
    const fields = Object.entries(definition.fields).map(([name, field]) => [
      name,
      field.type === 'rollup' ? { ...field, returns: returnsOf(field, definition.object, objects, 0) } : field,
    ])
    return { ...definition, fields: Object.fromEntries(fields) }
  })
}

/** As far as rollups of rollups are followed. */
const longestChain = 10

function returnsOf(field: FieldDefinition, object: string, objects: Readonly<Record<string, ObjectDefinition>>, depth: number): Returns {
  if (field.returns !== undefined) return field.returns
  const known = lookup(ofFunction, field.function ?? '')
  if (known) return known
  const child = childrenOf(field.of, object, objects)
  const target = child && field.field !== undefined ? lookup(child.fields, field.field) : undefined
  if (!target || !child || depth > longestChain) return 'decimal'
  if (target.type === 'rollup') return returnsOf(target, child.object, objects, depth + 1)
  const returns = target.type === 'formula' ? target.returns : lookup(ofType, target.shows ?? target.type)
  return field.function === 'avg' && returns === 'integer' ? 'decimal' : (returns ?? 'decimal')
}

/** What a field of an object is in rules that are kept: its result, else by its type; none when it cannot be kept. */
export function returnsOfField(object: ObjectDefinition, name: string): Returns | undefined {
  if (name === 'createdAt' || name === 'updatedAt') return 'dateTime'
  const field = lookup(object.fields, name)
  if (!field) return undefined
  if (field.type === 'lookupValue') return lookup(ofType, field.shows ?? '')
  return field.type === 'formula' || field.type === 'rollup' ? (field.returns ?? 'decimal') : lookup(ofType, field.type)
}

/** The object whose records stand under a name: those that point here, or those at the other end of links. */
function childrenOf(
  name: string | undefined,
  object: string,
  objects: Readonly<Record<string, ObjectDefinition>>,
): ObjectDefinition | undefined {
  if (name === undefined) return undefined
  const linked = lookup(objects, object)?.fields[name]
  if (linked?.type === 'manyToMany') return lookup(objects, linked.to ?? '')
  return Object.values(objects).find(other => Object.values(other.fields).some(one => isInverse(one, object, other.object, name)))
}

const isInverse = (field: FieldDefinition, object: string, holder: string, name: string | undefined): boolean =>
  name !== undefined &&
  field.inverse === name &&
  (field.to === object || targetsOf(field).includes(object) || (field.type === 'hierarchy' && holder === object))
