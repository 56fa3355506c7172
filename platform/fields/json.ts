import { Validator } from '@cfworker/json-schema'
import { Type } from '@sinclair/typebox'
import { jsonClass } from './classes.js'
import type { FieldDefinition } from './definition.js'
import { fieldType, fits, type Misfit, misfit, type Named } from './field.js'
import { isRecord } from './parts.js'
import { expected, isStorable } from './value-text.js'

const longest = 65_536
const deepest = 20

/** Any JSON; with a `schema` only what that JSON Schema lets through. */
export const json: Named<'json'> = fieldType({
  name: 'json',
  label: { en: 'JSON', 'zh-CN': 'JSON 数据' },
  group: 'text',
  sample: '{ "size": 42 }',
  options: Type.Object(
    { schema: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'JSON Schema (2020-12) that every value fits' })) },
    { additionalProperties: false },
  ),
  class: () => jsonClass,
  columns: () => [{ suffix: '', type: 'jsonb' }],
  writable: true,
  check: field => {
    if (field.schema === undefined) return []
    try {
      checkerOf(field.schema).validate({})
      return []
    } catch (error) {
      return [{ property: 'schema', misfit: { code: 'SCHEMA_INVALID', params: { reason: error instanceof Error ? error.message : '' } } }]
    }
  },
  parse: (value, field) => {
    if (value === null || value === undefined) return fits(null)
    const unfit = unstorable(value, 0)
    if (unfit) return { misfit: unfit }
    if (JSON.stringify(value).length > longest) return misfit('VALUE_TOO_LONG', { max: longest })
    const wrong = field.schema === undefined ? undefined : checkerOf(field.schema).validate(value).errors.at(-1)
    return wrong ? misfit('VALUE_SCHEMA', { at: wrong.instanceLocation.replace(/^#\/?/, ''), problem: wrong.error }) : fits(value)
  },
  fromText: (typed, field) => {
    if (typed.trim() === '') return fits(null)
    try {
      return json.parse(JSON.parse(typed), field)
    } catch {
      return expected('json')
    }
  },
  format: value => (value === null || value === undefined ? '' : JSON.stringify(value)),
  schema: field => ({ type: ['object', 'array', 'string', 'number', 'boolean'], ...field.schema }),
  converts: { text: 'parses', longText: 'parses', tags: 'keeps', multiSelect: 'keeps' },
  examples: {
    field: {
      schema: { type: 'object', required: ['size'], properties: { size: { type: 'integer', minimum: 1 }, tags: { type: 'array' } } },
    },
    valid: [{ size: 1 }, { size: 2, tags: ['a', { deep: null }] }],
    invalid: [{}, { size: 0 }, { size: 'x' }, [], 5, { size: 1, text: 'a\u0000b' }],
    texts: [
      ['{"size": 3}', { size: 3 }],
      ['', null],
    ],
  },
})

const checkers = new WeakMap<object, Validator>()

/** A checker of a schema, made once; it walks the schema and makes no code, so it runs under any content policy. */
function checkerOf(schema: NonNullable<FieldDefinition['schema']>): Validator {
  const known = checkers.get(schema)
  if (known) return known
  const made = new Validator(schema as object, '2020-12')
  checkers.set(schema, made)
  return made
}

/** Why a value cannot be kept: texts that PostgreSQL refuses, too many levels, numbers that are none. */
function unstorable(value: unknown, depth: number): Misfit | null {
  if (depth > deepest) return { code: 'VALUE_DEEP', params: { max: deepest } }
  if (typeof value === 'string') return isStorable(value) ? null : { code: 'CHARACTER_FORBIDDEN', params: {} }
  if (Array.isArray(value)) return firstOf(value, depth)
  if (isRecord(value)) return firstOf([...Object.keys(value), ...Object.values(value)], depth)
  return null
}

function firstOf(values: readonly unknown[], depth: number): Misfit | null {
  for (const value of values) {
    const found = unstorable(value, depth + 1)
    if (found) return found
  }
  return null
}
