import type { ObjectDefinition } from '../definitions/object.js'
import type { FieldDefinition } from '../fields/definition.js'
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
 * One that says it keeps that. Where it cannot be told (an unknown field, a circle) it returns a decimal; linking says what is wrong.
 */
export function withReturns(definitions: readonly ObjectDefinition[]): ObjectDefinition[] {
  const objects = Object.fromEntries(definitions.map(definition => [definition.object, definition]))
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
  const child = Object.values(objects).find(other =>
    Object.values(other.fields).some(one => isInverse(one, object, other.object, field.of)),
  )
  const target = child && field.field !== undefined ? lookup(child.fields, field.field) : undefined
  if (!target || !child || depth > longestChain) return 'decimal'
  if (target.type === 'rollup') return returnsOf(target, child.object, objects, depth + 1)
  const returns = target.type === 'formula' ? target.returns : lookup(ofType, target.type)
  return field.function === 'avg' && returns === 'integer' ? 'decimal' : (returns ?? 'decimal')
}

const isInverse = (field: FieldDefinition, object: string, holder: string, name: string | undefined): boolean =>
  name !== undefined && field.inverse === name && (field.to === object || (field.type === 'hierarchy' && holder === object))
