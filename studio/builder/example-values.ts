import type { ExampleDefinition } from '@tessera/platform/fields/example-shape.js'
import type { FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { fieldAlong } from '@tessera/platform/model/scope.js'
import { type CheckedRule, pathsOf } from '@tessera/platform/rules/rule.js'
import { selectPaths } from '../forms/form-reading.js'

type Given = ExampleDefinition['given']
type Path = readonly string[]

/** A value that a rule reads, as an example gives it. */
export interface GivenPart {
  readonly path: Path
  readonly field: FieldModel
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The fields that a rule reads of its record, before the write, and along relations; each once. */
export function givenParts(rule: CheckedRule, object: ObjectModel, model: Model): GivenPart[] {
  const paths = pathsOf(rule).map(path => (path[0] === 'record' && path.length > 1 ? path.slice(1) : path))
  return [...new Map(paths.map(path => [path.join('.'), path])).values()].flatMap(path => {
    const field = fieldAlong(object, model.objects, path[0] === 'before' ? path.slice(1) : path)
    return field ? [{ path, field }] : []
  })
}

/** What an example gives at a path. */
export const valueIn = (given: Given, [first = '', ...rest]: Path): unknown => {
  const value = given[first]
  return rest.length === 0 ? value : isObject(value) ? valueIn(value, rest) : undefined
}

/** What an example gives, with another value at a path; undefined takes it away. */
export function withValue(given: Given, [first = '', ...rest]: Path, value: unknown): Given {
  const { [first]: former, ...others } = given
  const next = rest.length === 0 ? value : withValue(isObject(former) ? former : {}, rest, value)
  return next === undefined || (isObject(next) && Object.keys(next).length === 0) ? others : { ...given, [first]: next }
}

/** What people have to be asked for to fill an example from a record. */
export const selectionFor = (parts: readonly GivenPart[], object: ObjectModel, model: Model): string =>
  selectPaths(
    object,
    parts.filter(({ path }) => path[0] !== 'before').map(({ path }) => path),
    model,
  )

/** The values of a record that a rule reads, as an example gives them. */
export function givenFrom(record: Readonly<Record<string, unknown>>, parts: readonly GivenPart[]): Given {
  let given: Given = {}
  for (const { path, field } of parts) {
    if (path[0] === 'before') continue
    const holder = path.slice(0, -1).reduce<unknown>((found, name) => (isObject(found) ? found[name] : undefined), record)
    const value = isObject(holder) ? (holder[field.key] ?? null) : null
    given = withValue(given, path, value)
  }
  return given
}
