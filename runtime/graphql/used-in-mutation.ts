import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { fieldNamed } from '@tessera/platform/model/scope.js'
import { definedField, type UsedField } from '@tessera/platform/query/used-fields.js'
import { lookup } from '@tessera/platform/registry.js'
import { type Asked, below, type Reading } from './collect.js'

/** So many rows of a request are looked at: those of a program are alike. */
const mostRows = 100

/** The fields that the values of a write name, those of records within it too. */
export function writtenFields(data: unknown, object: ObjectModel, model: Model): UsedField[] {
  const found = new Map<string, UsedField>()
  const walk = (value: unknown, of: ObjectModel): void => {
    if (Array.isArray(value)) for (const row of value.slice(0, mostRows)) walk(row, of)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    for (const [key, inner] of Object.entries(value)) {
      const field = fieldNamed(of, key) ?? fieldNamed(of, key.replace(/(Currency|Type)$/, ''))
      const used = field && definedField(field)
      if (used) found.set(`${used.object} ${used.field}`, used)
      const other = lookup(model.objects, lookup(of.children, key)?.object ?? (field && !field.targets ? (field.relation?.to ?? '') : ''))
      if (other && typeof inner === 'object' && inner !== null)
        for (const deed of ['create', 'update', 'data', 'replace']) walkDeed(inner, deed, other)
    }
  }
  const walkDeed = (inner: object, deed: string, other: ObjectModel): void => {
    const rows = lookup(inner as Readonly<Record<string, unknown>>, deed)
    for (const row of (Array.isArray(rows) ? rows : [rows]).slice(0, mostRows))
      walk((row as { data?: unknown } | null | undefined)?.data ?? row, other)
  }
  walk(data, object)
  return [...found.values()]
}

/** The fields of records that the answer of a write shows. */
export function shownFields(asked: Asked, object: ObjectModel, reading: Reading, model: Model): UsedField[] {
  const found = new Map<string, UsedField>()
  const walk = (one: Asked, of: ObjectModel): void => {
    for (const inner of below(one, reading)) {
      const field = fieldNamed(of, inner.name)
      const used = field && definedField(field)
      if (used) found.set(`${used.object} ${used.field}`, used)
      const other = lookup(model.objects, field?.relation?.to ?? lookup(of.children, inner.name)?.object ?? '')
      if (other) walk(inner, other)
      else if (['nodes', 'edges', 'node'].includes(inner.name)) walk(inner, of)
    }
  }
  walk(asked, object)
  return [...found.values()]
}
