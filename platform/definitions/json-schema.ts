import type { TSchema } from '@sinclair/typebox'
import { labelShape } from '../fields/definition.js'
import { fieldTypes } from '../fields/index.js'
import { printJson } from './canonical.js'
import { fieldShape } from './field-shape.js'
import { kinds } from './index.js'
import { partKinds, template } from './template.js'

/** The JSON Schema file of each kind, by file name: for editors, and for whoever writes definitions by hand. */
export function schemaFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.values(kinds).map(kind => [`${kind.name}.json`, printJson(schemaOf(kind.name, kind.shape))]))
}

function schemaOf(name: string, shape: TSchema): object {
  const { $id, ...rest } = shape
  const inner = name === 'object' ? { fields: fieldsSchema() } : name === template.name ? { elements: partsSchema(shape) } : {}
  const own = { ...rest, properties: { ...shape.properties, ...inner } }
  return { $schema: 'http://json-schema.org/draft-07/schema#', $id, ...(shared(own) as object), definitions: { label: labelShape } }
}

/** Labels stand in a schema once, however often they are used. */
function shared(value: unknown): unknown {
  if (value === labelShape || (isObject(value) && JSON.stringify(value) === labelText)) return { $ref: '#/definitions/label' }
  if (Array.isArray(value)) return value.map(shared)
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shared(entry)])) : value
}

/** The definitions in a template, each as its own schema has it. */
const partsSchema = (shape: TSchema): object => ({
  ...(shape.properties as { elements: object }).elements,
  items: { anyOf: partKinds.map(kind => ({ $ref: `${kind}.json` })) },
})

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const labelText = JSON.stringify(labelShape)

/** The fields of an object: each is of one type and takes the properties of that. */
function fieldsSchema(): object {
  const shapes = Object.values(fieldTypes).map(type => ({ ...fieldShape(type.name), title: type.name }))
  return { type: 'object', maxProperties: 500, additionalProperties: { anyOf: shapes } }
}
