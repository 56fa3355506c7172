import { type TSchema, Type } from '@sinclair/typebox'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { type Issue, issue, joinPath } from '../errors.js'
import { commonProperties } from '../fields/definition.js'
import { fieldTypes } from '../fields/index.js'
import type { Label } from '../label.js'
import { lookup } from '../registry.js'
import { suggestion } from '../rules/suggestion.js'
import { shapeWith } from './field-shape.js'
import { type Element, elementPath, kinds } from './index.js'
import { nameShape } from './kind.js'

// Shapes are compiled when they are first needed, once in a process: what they share is compiled once, and not optimised, which
// takes longer than it saves. Nothing may be compiled before: a browser may load this but not compile.
const ajv = new Ajv({ allErrors: true, strict: false, verbose: true, inlineRefs: false, code: { optimize: false } })
const common = Object.fromEntries(Object.keys(commonProperties).map(name => [name, Type.Optional(Type.Unsafe({ $ref: `common/${name}` }))]))
const compiled = new Map<string, ValidateFunction>()

/** Everything that is wrong with the shape of one definition; paths begin with its kind's folder and its name. */
export const checkShape = (element: Element): Issue[] => misfitsOf(element).flatMap(error => asIssue(error, element))

/** One thing that does not fit a shape: where it is in the definition, and ajv's words for it. */
export interface ShapeMisfit {
  readonly at: readonly string[]
  readonly error: ErrorObject
}

/** What does not fit the shape of an element's kind, and those of its fields. */
export function misfitsOf(element: Element): ShapeMisfit[] {
  const kind = lookup(kinds, element.kind)
  if (!kind) return []
  const { kind: named, ...definition } = element.definition
  const own = named === undefined || named !== element.kind ? element.definition : definition
  return [...misfits(kind.name, kind.shape, own, []), ...(element.kind === 'object' ? fieldMisfits(element.definition.fields) : [])]
}

function fieldMisfits(fields: unknown, at: readonly string[] = ['fields']): ShapeMisfit[] {
  if (typeof fields !== 'object' || fields === null) return []
  return Object.entries(fields).flatMap(([name, field]) => {
    const { type = '', attributes } = (typeof field === 'object' && field !== null ? field : {}) as { type?: unknown; attributes?: unknown }
    const own = lookup(fieldTypes, String(type))
      ? misfits(`field:${String(type)}`, shapeWith(String(type), common), field, [...at, name])
      : []
    return type === 'manyToMany' && at.length === 1 ? [...own, ...fieldMisfits(attributes, [...at, name, 'attributes'])] : own
  })
}

function misfits(key: string, shape: TSchema, value: unknown, path: readonly string[]): ShapeMisfit[] {
  const validate = compiled.get(key) ?? compile(shape)
  compiled.set(key, validate)
  if (validate(value)) return []
  const errors = validate.errors ?? []
  const unions = errors.filter(error => error.keyword === 'anyOf').map(error => error.instancePath)
  const isInside = (error: ErrorObject) =>
    unions.some(union => error.instancePath.startsWith(`${union}/`) || (error.instancePath === union && error.keyword !== 'anyOf'))
  return errors.filter(error => !isInside(error)).map(error => ({ at: [...path, ...partsOf(error.instancePath)], error }))
}

function compile(shape: TSchema): ValidateFunction {
  if (compiled.size === 0) for (const [name, part] of Object.entries(commonProperties)) ajv.addSchema({ ...part, $id: `common/${name}` })
  return ajv.compile({ ...shape, $id: undefined })
}

/** The parts of a JSON pointer (RFC 6901). */
const partsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))

function asIssue({ at: parts, error }: ShapeMisfit, element: Element): Issue[] {
  const at = joinPath(elementPath(element), parts.join('/'))
  const params = error.params as Record<string, unknown>
  if (error.keyword === 'additionalProperties') {
    const property = String(params.additionalProperty)
    const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {})
    return [issue('PROPERTY_UNKNOWN', `${at}/${property}`, { property, suggestion: suggestion(property, known) })]
  }
  if (error.keyword === 'required')
    return [issue('PROPERTY_MISSING', `${at}/${String(params.missingProperty)}`, { property: String(params.missingProperty) })]
  if (error.keyword === 'pattern' && error.parentSchema?.description === nameShape.description) {
    // names of objects are checked with all other names of the model
    return element.kind === 'object' && parts.length === 1
      ? []
      : [issue('NAME_INVALID', at, { name: String(error.data), proposal: proposed(String(error.data)) })]
  }
  return [issue('SHAPE_INVALID', at, { problem: problem(error) })]
}

function proposed(name: string): string {
  const letters = name.replace(/[^A-Za-z0-9]+/g, '').slice(0, 40)
  return /^[A-Za-z]/.test(letters) ? letters.charAt(0).toLowerCase() + letters.slice(1) : 'myName'
}

function problem(error: ErrorObject): Label {
  const choices = choicesOf(error)
  if (choices.length > 0) return { en: `This must be one of: ${choices.join(', ')}.`, 'zh-CN': `应为以下之一：${choices.join('、')}。` }
  const params = error.params as Record<string, unknown>
  const limit = String(params.limit ?? params.type ?? params.allowedValue ?? params.allowedValues ?? '')
  const chinese: Readonly<Record<string, string>> = {
    type: `这里应是 ${limit}。`,
    const: `这里应是 ${limit}。`,
    anyOf: '这里的值不在允许的形式之中。',
    minItems: `至少要 ${limit} 项。`,
    maxItems: `最多 ${limit} 项。`,
    minLength: '不能为空。',
    maxLength: `最多 ${limit} 个字符。`,
    minimum: `不能小于 ${limit}。`,
    maximum: `不能大于 ${limit}。`,
  }
  const english =
    error.keyword === 'anyOf' ? 'This is none of the forms that are allowed here.' : `This ${error.message ?? 'does not fit'}.`
  return { en: english, 'zh-CN': chinese[error.keyword] ?? '这里的值不合要求。' }
}

/** The constants that a union allows; empty when it allows other things too. */
function choicesOf(error: ErrorObject): string[] {
  if (error.keyword !== 'anyOf' || !Array.isArray(error.schema)) return []
  const constants = error.schema.map(form => (form as { const?: unknown }).const)
  return constants.every(constant => constant !== undefined) ? constants.map(String) : []
}
