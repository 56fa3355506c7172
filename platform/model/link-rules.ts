import { type Issue, issue } from '../errors.js'
import { lookup } from '../registry.js'
import { checkRule } from '../rules/check.js'
import { type CheckedRule, pathsOf } from '../rules/rule.js'
import { checkCandidates } from './candidates.js'
import { readsMoment } from './computed.js'
import { checkCascadeFields } from './link-cascades.js'
import { linkFieldRules, linkLinkRules } from './link-field-rules.js'
import { linkMerges } from './link-merges.js'
import { checkNumbers } from './link-numbers.js'
import { linkRollup } from './link-rollups.js'
import type { FieldModel, ObjectModel, ValidationModel } from './model.js'
import { fieldAlong, typeScope } from './scope.js'
import { checkSets } from './sets.js'
import { withStates } from './states.js'

/** Checks and links every formula, rollup and validation rule of the objects; circles of computed fields are named. */
export function linkRules(objects: Readonly<Record<string, ObjectModel>>, issues: Issue[]): Record<string, ObjectModel> {
  const formulas = mapped(objects, object => ({ ...object, fields: withFormulas(object, objects, issues) }))
  const linked = mapped(formulas, object => ({
    ...object,
    fields: linkFieldRules(object, withStates(withRollups(object, formulas, issues), object, formulas, issues), formulas, issues),
    children: linkLinkRules(object, formulas, issues),
    rules: validations(object, formulas, issues),
  }))
  for (const object of Object.values(linked)) {
    checkNumbers(object, linked, issues)
    checkSets(object, issues)
    checkCascadeFields(object, issues)
    checkCandidates(object, linked, issues)
    for (const field of Object.values(object.fields)) {
      findCycle(field, linked, issues)
      if (field.rule && field.definition.stored && readsMoment(field.rule, object, linked))
        issues.push(issue('KEPT_MOMENT', `objects/${object.name}/fields/${field.name}/rule`))
    }
  }
  return linked
}

const mapped = (
  objects: Readonly<Record<string, ObjectModel>>,
  change: (object: ObjectModel) => ObjectModel,
): Record<string, ObjectModel> => Object.fromEntries(Object.values(objects).map(object => [object.name, change(object)]))

function withRollups(object: ObjectModel, objects: Readonly<Record<string, ObjectModel>>, issues: Issue[]): Record<string, FieldModel> {
  return Object.fromEntries(
    Object.entries(object.fields).map(([name, field]) => [
      name,
      field.type.name === 'rollup' ? { ...field, rollup: linkRollup(field, object, objects, issues) } : field,
    ]),
  )
}

function withFormulas(object: ObjectModel, objects: Readonly<Record<string, ObjectModel>>, issues: Issue[]): Record<string, FieldModel> {
  const scope = typeScope(object, objects)
  return Object.fromEntries(
    Object.entries(object.fields).map(([name, field]) => {
      if (field.type.name !== 'formula') return [name, field]
      const path = `objects/${object.name}/fields/${name}/rule`
      if (field.definition.rule === undefined) {
        issues.push(issue('PROPERTY_MISSING', path, { property: 'rule' }))
        return [name, field]
      }
      const { checked, issues: found } = checkRule(field.definition.rule, scope, field.class.rule ?? 'text', path, { isForSql: true })
      issues.push(...found)
      return [name, { ...field, rule: checked ?? null }]
    }),
  )
}

function validations(object: ObjectModel, objects: Readonly<Record<string, ObjectModel>>, issues: Issue[]): ValidationModel[] {
  const scope = typeScope(object, objects, { before: true, rows: true })
  const seen = new Set<string>()
  return (object.definition.rules ?? []).flatMap((definition, index) => {
    const path = `objects/${object.name}/rules/${index}`
    if (seen.has(definition.rule)) issues.push(issue('ELEMENT_DOUBLE', path, { kind: 'rule', name: definition.rule }))
    seen.add(definition.rule)
    definition.at?.forEach((name, place) => {
      if (!lookup(object.fields, name))
        issues.push(issue('FIELD_UNKNOWN', `${path}/at/${place}`, { object: object.name, field: name, suggestion: '' }))
    })
    checkLocks(definition.lock ?? [], object, `${path}/lock`, issues)
    const { checked, issues: found } = checkRule(definition.must, scope, 'boolean', `${path}/must`)
    issues.push(...found)
    const merges = linkMerges(definition.message, object, objects, `${path}/message`, issues)
    if (!checked) return []
    return [
      {
        name: definition.rule,
        at: definition.at ?? [],
        message: definition.message,
        hint: definition.hint ?? null,
        on: definition.on ?? ['create', 'update'],
        isWarning: definition.severity === 'warning',
        must: checked,
        merges,
        lock: definition.lock ?? [],
        definition,
      },
    ]
  })
}

/** Locks name lookups, or the record itself. */
function checkLocks(names: readonly string[], object: ObjectModel, path: string, issues: Issue[]): void {
  names.forEach((name, place) => {
    if (name !== 'id' && typeof lookup(object.fields, name)?.relation?.to !== 'string')
      issues.push(issue('RELATION_EXPECTED', `${path}/${place}`, { object: object.name, field: name }))
  })
}

/** Reports the circle that a computed field stands in, once, at the member that comes first by name. */
function findCycle(start: FieldModel, objects: Readonly<Record<string, ObjectModel>>, issues: Issue[]): void {
  if (!start.rule && !start.rollup) return
  const nameOf = (field: FieldModel) => `${field.object}.${field.name}`
  const seen = new Set<string>()
  const walk = (field: FieldModel, trail: readonly FieldModel[]): readonly FieldModel[] | null => {
    if (trail.length > 0 && nameOf(field) === nameOf(start)) return trail
    if (seen.has(nameOf(field))) return null
    seen.add(nameOf(field))
    for (const next of readBy(field, objects)) {
      const found = walk(next, [...trail, field])
      if (found) return found
    }
    return null
  }
  const circle = walk(start, [])
  if (circle?.every(field => nameOf(start) <= nameOf(field))) {
    issues.push(
      issue('FORMULA_CYCLE', `objects/${start.object}/fields/${start.name}/rule`, { cycle: [...circle, start].map(nameOf).join(' → ') }),
    )
  }
}

/** The fields that a computed field reads. */
function readBy({ rule, rollup, object, along }: FieldModel, objects: Readonly<Record<string, ObjectModel>>): FieldModel[] {
  const holder = lookup(objects, object)
  const end = along && holder ? fieldAlong(holder, objects, [along.relation, along.field]) : null
  if (end) return [end]
  if (rule) return fieldsOf(rule, object, objects)
  const child = rollup && lookup(objects, rollup.object)
  if (!child) return []
  const own = [rollup.field, rollup.by].flatMap(name => (name === null ? [] : [lookup(child.fields, name)]))
  return [...own.filter(field => field !== undefined), ...(rollup.where ? fieldsOf(rollup.where, child.name, objects) : [])]
}

/** The fields that a rule over an object reads. */
export function fieldsOf(rule: CheckedRule, objectName: string, objects: Readonly<Record<string, ObjectModel>>): FieldModel[] {
  const object = lookup(objects, objectName)
  if (!object) return []
  return pathsOf(rule).flatMap(path => {
    const own = path[0] === 'record' || path[0] === 'before' ? path.slice(1) : path
    const field = fieldAlong(object, objects, own)
    return field ? [field] : []
  })
}
