import { lookup } from '../registry.js'
import type { TypeScope } from '../rules/check.js'
import type { RuleType } from '../rules/types.js'
import type { FieldModel, ObjectModel } from './model.js'

/** How far a rule may read along lookups. */
export const longestPath = 5

const memberFields: Readonly<Record<string, RuleType>> = { id: 'id', name: 'text', email: 'text' }
const contextTypes: Readonly<Record<string, RuleType>> = { now: 'dateTime', today: 'date' }

/** What every record has from its beginning. */
const alwaysThere: ReadonlySet<string> = new Set(['id', 'version', 'createdAt', 'updatedAt'])

/** What a rule may name beside the fields of its record. */
export interface ScopeOptions {
  /** Whether `before` and `changed` are there: only where a write is judged. */
  readonly before: boolean
  /** Whether a rule may look at the rows of its record, such as its lines. */
  readonly rows?: boolean
}

/**
 * The names and types that a rule over records of an object may read: fields, fields along lookups (`partner.name`),
 * `record`, `parent` of a line, `user`, `now`, `today`, and `before` and `record.isNew` where a write is judged. A relation by itself is the id of its record.
 */
export function typeScope(
  object: ObjectModel,
  objects: Readonly<Record<string, ObjectModel>>,
  options: ScopeOptions = { before: false },
): TypeScope {
  const ofRecord = (path: readonly string[]) => fieldAlong(object, objects, path)?.class.rule ?? null
  return {
    typeOf: path => {
      const [first, ...rest] = path
      if (first === undefined) return null
      if (first === 'record' && rest.join('.') === 'isNew' && options.before) return 'boolean'
      if (first === 'record' && rest.length > 0) return ofRecord(rest)
      if (first === 'before' && options.before && rest.length > 0) return ofRecord(rest)
      if (first === 'user' && rest.length === 1) return lookup(memberFields, rest[0] ?? '') ?? null
      const named = rest.length === 0 ? lookup(contextTypes, first) : undefined
      return named ?? ofRecord(path)
    },
    meant: path => (path[0] === 'parent' && path.length > 1 && object.detail ? [object.detail.name, ...path.slice(1)] : path),
    isNeverNull: path => {
      const own = path[0] === 'record' ? path.slice(1) : path
      return (
        alwaysThere.has(own.join('.')) ||
        (path.length === 1 && lookup(contextTypes, path[0] ?? '') !== undefined) ||
        ['user.id', 'record.isNew'].includes(path.join('.'))
      )
    },
    names: () => [...ownFirst(object), 'record', 'user.id', 'now', 'today'],
    isInTree: path => options.rows === true && treeAt(object, objects, path[0] === 'record' ? path.slice(1) : path) !== null,
    rowsAt: path => {
      const own = path[0] === 'record' ? path.slice(1) : path
      const child = own.length === 1 ? lookup(object.children, own[0] ?? '') : undefined
      const target = child && lookup(objects, child.object)
      if (!target) return null
      return options.rows ? typeScope(target, objects, { before: false, rows: true }) : 'refused'
    },
  }
}

/** The names of fields: what somebody made before what every record has. */
const ownFirst = (object: ObjectModel): string[] =>
  Object.values(object.fields)
    .toSorted((left, right) => Number(left.system) - Number(right.system))
    .map(({ name }) => name)

/**
 * The field at the end of a path along lookups: `['partner', 'name']`. A relation answers by its own name and by its key (`partnerId`).
 * Null when a name is unknown, the path is longer than five hops, or it goes on behind a plain value.
 */
export function fieldAlong(
  object: ObjectModel,
  objects: Readonly<Record<string, ObjectModel>>,
  path: readonly string[],
): FieldModel | null {
  const [first, ...rest] = path
  if (first === undefined || path.length > longestPath) return null
  const field = fieldNamed(object, first)
  if (!field || rest.length === 0) return field
  const target = field.relation?.to ? lookup(objects, field.relation.to) : undefined
  return target ? fieldAlong(target, objects, rest) : null
}

/** The object whose records stand at a path, and the field that makes them a tree; null when they are none. */
export function treeAt(
  object: ObjectModel,
  objects: Readonly<Record<string, ObjectModel>>,
  path: readonly string[],
): { readonly object: ObjectModel; readonly above: FieldModel } | null {
  const names = path.at(-1) === 'id' ? path.slice(0, -1) : path
  let target: ObjectModel | undefined = object
  for (const name of names) target = lookup(objects, (target && lookup(target.fields, name)?.relation?.to) ?? '')
  const above = Object.values(target?.fields ?? {}).find(known => known.relation?.kind === 'hierarchy')
  return target && above ? { object: target, above } : null
}

/** A field by its name or by its key. */
export function fieldNamed(object: ObjectModel, name: string): FieldModel | null {
  const field = lookup(object.fields, name)
  if (field) return field
  return name.endsWith('Id') ? (Object.values(object.fields).find(known => known.key === name) ?? null) : null
}

/** What may be written to an object, by field name and by key, with its type in rules; null when there is no such object. */
export function inputTypes(name: string, objects: Readonly<Record<string, ObjectModel>>): Readonly<Record<string, RuleType>> | null {
  const object = lookup(objects, name)
  if (!object) return null
  return Object.fromEntries(
    Object.values(object.fields)
      .filter(field => field.writable)
      .flatMap(({ name, key, targets, class: { rule } }): [string, RuleType][] => {
        if (rule === null) return []
        // what points at one of several objects is given with the object
        const kind = targets && kindField(object, name)
        return kind
          ? [
              [name, rule],
              [kind.name, 'text'],
            ]
          : [
              [name, rule],
              [key, rule],
            ]
      }),
  )
}

/** The field that names the object of what a polymorphic field points at. */
export const kindField = (object: ObjectModel, name: string): FieldModel | undefined =>
  Object.values(object.fields).find(({ typeOf }) => typeOf === name)

/** The polymorphic fields of an object, each with the name of the field that says its object. */
export const inputKinds = (name: string, objects: Readonly<Record<string, ObjectModel>>): Readonly<Record<string, string>> => {
  const object = lookup(objects, name)
  return Object.fromEntries(
    Object.values(object?.fields ?? {}).flatMap(field =>
      object && field.typeOf !== undefined ? [[field.typeOf, field.name] as const] : [],
    ),
  )
}
