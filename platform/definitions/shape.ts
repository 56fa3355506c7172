import { type TSchema, Type } from '@sinclair/typebox'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { type Issue, issue, joinPath } from '../errors.js'
import { commonProperties } from '../fields/definition.js'
import { fieldTypes } from '../fields/index.js'
import { lookup } from '../registry.js'
import { suggestion } from '../rules/suggestion.js'
import type { Element } from './index.js'
import { kinds } from './index.js'

const ajv = new Ajv({ allErrors: true, strict: false })
const compiled = new Map<string, ValidateFunction>()

/** The shape of a field of one type: what every field takes and what this type takes. */
export const fieldShape = (type: string): TSchema =>
  Type.Object({ type: Type.Literal(type), ...commonProperties, ...lookup(fieldTypes, type)?.options.properties }, { additionalProperties: false })

/** Everything that is wrong with the shape of one definition; paths begin with its kind's folder and its name. */
export function checkShape(element: Element): Issue[] {
  const kind = lookup(kinds, element.kind)
  if (!kind) return [issue('KIND_UNKNOWN', element.kind, { kinds: Object.keys(kinds).join(', ') })]
  const path = elementPath(element)
  const { kind: named, ...definition } = element.definition
  const own = named === undefined || named !== element.kind ? element.definition : definition
  const issues = misfits(kind.name, kind.shape, own, path)
  return element.kind === 'object' ? [...issues, ...fieldIssues(element.definition.fields, path)] : issues
}

/** Where an element stands in paths: `objects/order`, `app`. */
export const elementPath = (element: { readonly kind: string; readonly name: string }): string => joinPath(lookup(kinds, element.kind)?.folder || element.kind, element.kind === 'app' ? '' : element.name)

function fieldIssues(fields: unknown, path: string): Issue[] {
  if (typeof fields !== 'object' || fields === null) return []
  return Object.entries(fields).flatMap(([name, field]) => {
    const type = typeof field === 'object' && field !== null ? String((field as { type?: unknown }).type) : ''
    return lookup(fieldTypes, type) ? misfits(`field:${type}`, fieldShape(type), field, `${path}/fields/${name}`) : []
  })
}

function misfits(key: string, shape: TSchema, value: unknown, path: string): Issue[] {
  let validate = compiled.get(key)
  if (!validate) compiled.set(key, (validate = ajv.compile({ ...shape, $id: undefined })))
  if (validate(value)) return []
  const errors = validate.errors ?? []
  const unions = errors.filter(error => error.keyword === 'anyOf').map(error => error.instancePath)
  const kept = errors.filter(error => error.keyword === 'anyOf' || !unions.some(union => error.instancePath.startsWith(union)))
  return kept.map(error => asIssue(error, path, propertiesOf(shape)))
}

const propertiesOf = (shape: TSchema): string[] => Object.keys((shape.properties as Record<string, unknown> | undefined) ?? {})

function asIssue(error: ErrorObject, path: string, properties: readonly string[]): Issue {
  const at = joinPath(path, error.instancePath.slice(1))
  const params = error.params as Record<string, unknown>
  if (error.keyword === 'additionalProperties') {
    const property = String(params.additionalProperty)
    return issue('PROPERTY_UNKNOWN', `${at}/${property}`, { property, suggestion: suggestion(property, properties) })
  }
  if (error.keyword === 'required') return issue('PROPERTY_MISSING', `${at}/${String(params.missingProperty)}`, { property: String(params.missingProperty) })
  if (error.keyword === 'pattern' && at.split('/').length <= 3) return issue('NAME_INVALID', at, { name: '', proposal: 'myName' })
  return issue('SHAPE_INVALID', at, { problem: problem(error) })
}

function problem(error: ErrorObject): { en: string; 'zh-CN': string } {
  const params = error.params as Record<string, unknown>
  const limit = String(params.limit ?? params.type ?? params.allowedValue ?? params.allowedValues ?? '')
  const chinese: Readonly<Record<string, string>> = { type: `这里应是 ${limit}。`, const: `这里应是 ${limit}。`, anyOf: '这里的值不在允许的形式之中。', minItems: `至少要 ${limit} 项。`, maxItems: `最多 ${limit} 项。`, minLength: '不能为空。', maxLength: `最多 ${limit} 个字符。`, minimum: `不能小于 ${limit}。`, maximum: `不能大于 ${limit}。` }
  const english = error.keyword === 'anyOf' ? 'This is none of the forms that are allowed here.' : `This ${error.message ?? 'does not fit'}.`
  return { en: english, 'zh-CN': chinese[error.keyword] ?? '这里的值不合要求。' }
}
