import { type Issue } from '../errors.js'
import { lookup } from '../registry.js'
import { checkRule, type TypeScope } from '../rules/check.js'
import { type CheckedRule, pathsOf } from '../rules/rule.js'
import type { FieldModel, ObjectModel } from './model.js'
import { typeScope } from './scope.js'

type Objects = Readonly<Record<string, ObjectModel>>

/** Which records a lookup may point at, linked. */
export interface Candidates {
  readonly rule: CheckedRule
  readonly target: ObjectModel
  /** The fields of the record that is edited which the rule reads as `parent.<field>`. */
  readonly parents: readonly FieldModel[]
  /** The paths that it reads of the target. */
  readonly paths: readonly (readonly string[])[]
}

/** What a rule over candidates may name: fields of the target, and values of the record that is edited as `parent.<field>`. */
function candidateScope(object: ObjectModel, target: ObjectModel, objects: Objects): TypeScope {
  const own = typeScope(target, objects)
  const { meant: _, ...rest } = own
  return {
    ...rest,
    typeOf: path =>
      path[0] === 'parent' ? (path.length === 2 ? (keptField(object, path[1])?.class.rule ?? null) : null) : own.typeOf(path),
    names: () => [...own.names(), 'parent'],
  }
}

/** A field whose value stands in the record itself. */
const keptField = (object: ObjectModel, name = ''): FieldModel | null => {
  const field = lookup(object.fields, name) ?? Object.values(object.fields).find(known => known.key === name)
  return field && field.columns.length > 0 ? field : null
}

/** Checks the rules over candidates of an object's lookups. */
export function checkCandidates(object: ObjectModel, objects: Objects, issues: Issue[]): void {
  for (const field of Object.values(object.fields)) {
    const target = lookup(objects, field.relation?.to ?? '')
    if (field.definition.candidates === undefined || !target) continue
    const path = `objects/${object.name}/fields/${field.name}/candidates`
    issues.push(
      ...checkRule(field.definition.candidates, candidateScope(object, target, objects), 'boolean', path, { isForSql: true }).issues,
    )
  }
}

const known = new WeakMap<Objects, Map<string, Candidates | null>>()

/** Which records a lookup may point at; null where all may. */
export function candidatesOf(field: FieldModel, objects: Objects): Candidates | null {
  if (field.definition.candidates === undefined) return null
  const made = known.get(objects) ?? new Map<string, Candidates | null>()
  known.set(objects, made)
  const key = `${field.object}.${field.name}`
  const found = made.get(key)
  if (found !== undefined) return found
  const linked = linkCandidates(field, objects)
  made.set(key, linked)
  return linked
}

function linkCandidates(field: FieldModel, objects: Objects): Candidates | null {
  const object = lookup(objects, field.object)
  const target = lookup(objects, field.relation?.to ?? '')
  if (!object || !target) return null
  const { checked } = checkRule(field.definition.candidates, candidateScope(object, target, objects), 'boolean', '', { isForSql: true })
  if (!checked) return null
  const paths = pathsOf(checked)
  return {
    rule: checked,
    target,
    parents: paths.filter(path => path[0] === 'parent').flatMap(path => keptField(object, path[1]) ?? []),
    paths: paths.filter(path => path[0] !== 'parent'),
  }
}

/**
 * The rule over candidates with the values of a record in place of `parent.<field>`, as the API's `where: { rule }` takes it.
 * @param values the values of the record by key
 */
export function filledCandidates(rule: unknown, object: ObjectModel, values: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(rule)) return rule.map(part => filledCandidates(part, object, values))
  if (typeof rule !== 'object' || rule === null) return rule
  const named = 'var' in rule ? (Array.isArray(rule.var) ? rule.var[0] : rule.var) : undefined
  if (typeof named === 'string' && named.startsWith('parent.')) return values[keptField(object, named.slice(7))?.key ?? ''] ?? null
  return Object.fromEntries(Object.entries(rule).map(([key, part]) => [key, filledCandidates(part, object, values)]))
}
