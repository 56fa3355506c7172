import { type Issue, issue } from '../errors.js'
import { maskOf } from '../fields/masks.js'
import { lookup } from '../registry.js'
import { suggestion } from '../rules/suggestion.js'
import type { FieldModel, ObjectModel } from './model.js'

/** Checks who reaches the records of an object by default: a parent where it is named, an owner where one is asked for, fields that fit. */
export function checkAccess(object: ObjectModel, issues: Issue[]): void {
  checkMasks(object, issues)
  const { access } = object.definition
  if (!access) return
  const path = `objects/${object.name}/access`
  if (access.default === 'parent' && !object.detail) issues.push(issue('ACCESS_PARENT', `${path}/default`, { object: object.label }))
  const needsOwner = [
    ...(access.rules && access.rules.length > 0 ? ['rules'] : []),
    ...(access.pool ? ['pool'] : []),
    ...(access.positions === true ? ['positions'] : []),
  ]
  if (!object.hasOwner)
    for (const property of needsOwner) issues.push(issue('ACCESS_OWNER', `${path}/${property}`, { object: object.label }))
  for (const name of Object.keys(access.groups ?? {})) {
    const field = fieldOf(object, name, `${path}/groups/${name}`, issues)
    if (field && !((field.type.name === 'text' || field.type.name === 'select') && field.columns.length > 0))
      issues.push(issue('ACCESS_GROUP_FIELD', `${path}/groups/${name}`, { field: field.label }))
  }
  checkRecycling(object, `${path}/pool/recycle`, issues)
}

function checkRecycling(object: ObjectModel, path: string, issues: Issue[]): void {
  const recycle = object.definition.access?.pool?.recycle
  if (!recycle) return
  const since = fieldOf(object, recycle.since, `${path}/since`, issues)
  if (since && !((since.class.name === 'date' || since.class.name === 'dateTime') && since.columns.length > 0))
    issues.push(issue('POOL_SINCE', `${path}/since`, { field: since.label }))
  if (recycle.warn !== undefined && recycle.warn >= recycle.days)
    issues.push(issue('POOL_WARNING', `${path}/warn`, { warn: recycle.warn, days: recycle.days }))
}

function checkMasks(object: ObjectModel, issues: Issue[]): void {
  for (const field of Object.values(object.fields))
    if (field.definition.mask !== undefined && (maskOf(field.definition) === null || field.columns.length === 0))
      issues.push(issue('PROPERTY_UNFIT', `objects/${object.name}/fields/${field.name}/mask`, { property: 'mask', type: field.type.name }))
}

function fieldOf(object: ObjectModel, name: string, path: string, issues: Issue[]): FieldModel | undefined {
  const field = lookup(object.fields, name)
  if (!field)
    issues.push(
      issue('FIELD_UNKNOWN', path, { object: object.name, field: name, suggestion: suggestion(name, Object.keys(object.fields)) }),
    )
  return field
}
