import { type Issue, issue } from '../errors.js'
import { lookup } from '../registry.js'
import { suggestion } from '../rules/suggestion.js'
import type { FieldModel, ObjectModel } from './model.js'

/** Checks choices that depend on others: known fields, known values, no circle. */
export function checkCascadeFields(object: ObjectModel, issues: Issue[]): void {
  for (const field of Object.values(object.fields)) {
    const path = `objects/${object.name}/fields/${field.name}`
    const { dependsOn, options = [] } = field.definition
    if (dependsOn === undefined) {
      const stray = options.findIndex(option => option.of !== undefined)
      if (stray >= 0) issues.push(issue('PROPERTY_MISSING', `${path}/dependsOn`, { property: 'dependsOn' }))
      continue
    }
    const parent = lookup(object.fields, dependsOn)
    if (!parent) issues.push(unknown(object, dependsOn, `${path}/dependsOn`))
    else if (parent.type.name !== 'select' || isInCircle(field, object))
      issues.push(issue('PROPERTY_UNFIT', `${path}/dependsOn`, { property: 'dependsOn', type: parent.type.name }))
    else checkValues(field, parent, path, issues)
  }
}

function checkValues(field: FieldModel, parent: FieldModel, path: string, issues: Issue[]): void {
  const known = (parent.definition.options ?? []).map(option => option.value)
  for (const [index, { of = [] }] of (field.definition.options ?? []).entries())
    for (const [place, value] of of.entries())
      if (!known.includes(value))
        issues.push(
          issue('OPTION_UNKNOWN', `${path}/options/${index}/of/${place}`, {
            value,
            field: parent.label,
            suggestion: suggestion(value, known),
          }),
        )
}

function isInCircle(start: FieldModel, object: ObjectModel): boolean {
  const seen = new Set<string>()
  for (let at: FieldModel | undefined = start; at && !seen.has(at.name); at = lookup(object.fields, at.definition.dependsOn ?? '')) {
    if (seen.size > 0 && at.name === start.name) return true
    seen.add(at.name)
    if (at.definition.dependsOn === start.name) return true
  }
  return false
}

const unknown = (object: ObjectModel, name: string, path: string): Issue =>
  issue('FIELD_UNKNOWN', path, { object: object.name, field: name, suggestion: suggestion(name, Object.keys(object.fields)) })
