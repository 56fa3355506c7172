import type { IndexDefinition, RangeDefinition, UniqueDefinition } from '../definitions/object-sets.js'
import { type Issue, issue } from '../errors.js'
import type { Label } from '../label.js'
import { lookup } from '../registry.js'
import type { CheckedRule } from '../rules/rule.js'
import { suggestion } from '../rules/suggestion.js'
import { checkIndexCondition, isOneColumn } from './index-condition.js'
import type { FieldModel, ObjectModel } from './model.js'

/** Fields that are unique together. */
export interface UniqueSet {
  readonly name: string
  readonly fields: readonly FieldModel[]
  readonly message: Label | null
}

/** Fields that say a range which may not overlap those of other records. */
export interface RangeSet {
  readonly name: string
  readonly from: FieldModel
  readonly to: FieldModel
  /** Records with other values here do not clash. */
  readonly per: readonly FieldModel[]
  /** Whether the end itself belongs to the range. */
  readonly isEndIncluded: boolean
  readonly message: Label | null
}

/** Fields that are found or ordered together. */
export interface IndexSet {
  readonly name: string
  readonly fields: readonly { readonly field: FieldModel; readonly direction: 'asc' | 'desc' | null }[]
  /** Which records are in it; all when it is null. */
  readonly where: CheckedRule | null
}

/** The indexes that an object asks for beside those that its fields have anyway, as far as all their fields are there. */
export const indexSetsOf = (object: ObjectModel): readonly IndexSet[] =>
  (object.definition.indexes ?? []).flatMap(({ index, fields, where }): IndexSet[] => {
    const found = named(
      object,
      fields.map(({ field }) => field),
    )
    const condition = where === undefined ? null : checkIndexCondition(where, object, '').checked
    if (!found || condition === undefined) return []
    return [{ name: index, fields: found.map((field, at) => ({ field, direction: fields[at]?.direction ?? null })), where: condition }]
  })

const uniques = new WeakMap<ObjectModel, readonly UniqueSet[]>()
const ranges = new WeakMap<ObjectModel, readonly RangeSet[]>()

/** The sets of fields of an object that are unique together, as far as all their fields are there. */
export function uniqueSetsOf(object: ObjectModel): readonly UniqueSet[] {
  const known = uniques.get(object)
  if (known) return known
  const made = (object.definition.unique ?? []).flatMap((definition): UniqueSet[] => {
    const fields = named(object, definition.fields)
    return fields ? [{ name: definition.unique, fields, message: definition.message ?? null }] : []
  })
  uniques.set(object, made)
  return made
}

/** The ranges of an object that may not overlap, as far as all their fields are there. */
export function rangesOf(object: ObjectModel): readonly RangeSet[] {
  const known = ranges.get(object)
  if (known) return known
  const made = (object.definition.ranges ?? []).flatMap((definition): RangeSet[] => {
    const [from, to, ...per] = named(object, [definition.from, definition.to, ...(definition.per ?? [])]) ?? []
    if (!from || !to) return []
    const isEndIncluded = definition.end === undefined ? withSteps.has(from.class.name) : definition.end === 'included'
    return [{ name: definition.range, from, to, per, isEndIncluded, message: definition.message ?? null }]
  })
  ranges.set(object, made)
  return made
}

function named(object: ObjectModel, names: readonly string[]): FieldModel[] | null {
  const fields = names.map(name => lookup(object.fields, name)).filter(field => field !== undefined)
  return fields.length === names.length ? fields : null
}

/** Classes whose values stand beside each other: the day after, the next number. */
const withSteps: ReadonlySet<string> = new Set(['date', 'integer'])
const ordered: ReadonlySet<string> = new Set(['date', 'dateTime', 'integer', 'decimal'])

/** Checks the sets and ranges of an object: known fields that have columns and fit, names that stand for nothing else. */
export function checkSets(object: ObjectModel, issues: Issue[]): void {
  const taken = new Set(Object.keys(object.fields))
  const { unique = [], ranges: spans = [], indexes = [] } = object.definition
  for (const [index, definition] of unique.entries())
    checkUnique(object, definition, `objects/${object.name}/unique/${index}`, taken, issues)
  for (const [index, definition] of spans.entries()) checkRange(object, definition, `objects/${object.name}/ranges/${index}`, taken, issues)
  const named = new Set<string>()
  for (const [index, definition] of indexes.entries())
    checkIndex(object, definition, `objects/${object.name}/indexes/${index}`, named, issues)
}

function checkUnique(object: ObjectModel, { unique, fields }: UniqueDefinition, path: string, taken: Set<string>, issues: Issue[]): void {
  checkName(unique, object, `${path}/unique`, taken, issues)
  fields.forEach((name, index) => {
    comparable(object, name, `${path}/fields/${index}`, issues)
    if (fields.indexOf(name) !== index) issues.push(issue('ELEMENT_DOUBLE', `${path}/fields/${index}`, { kind: 'field', name }))
  })
}

function checkIndex(
  object: ObjectModel,
  { index, fields, where }: IndexDefinition,
  path: string,
  taken: Set<string>,
  issues: Issue[],
): void {
  checkName(index, object, `${path}/index`, taken, issues)
  if (where !== undefined) issues.push(...checkIndexCondition(where, object, `${path}/where`).issues)
  fields.forEach(({ field: name }, at) => {
    comparable(object, name, `${path}/fields/${at}/field`, issues)
    if (fields.findIndex(({ field }) => field === name) !== at)
      issues.push(issue('ELEMENT_DOUBLE', `${path}/fields/${at}/field`, { kind: 'field', name }))
  })
}

function checkRange(object: ObjectModel, definition: RangeDefinition, path: string, taken: Set<string>, issues: Issue[]): void {
  checkName(definition.range, object, `${path}/range`, taken, issues)
  const from = comparable(object, definition.from, `${path}/from`, issues)
  const to = comparable(object, definition.to, `${path}/to`, issues)
  for (const [index, name] of (definition.per ?? []).entries()) comparable(object, name, `${path}/per/${index}`, issues)
  if (!from || !to) return
  if (!ordered.has(from.class.name)) issues.push(issue('PROPERTY_UNFIT', `${path}/from`, { property: 'from', type: from.type.name }))
  else if (from.class.name !== to.class.name || from.name === to.name)
    issues.push(issue('PROPERTY_UNFIT', `${path}/to`, { property: 'to', type: to.type.name }))
}

function checkName(name: string, object: ObjectModel, path: string, taken: Set<string>, issues: Issue[]): void {
  if (taken.has(name)) issues.push(issue('NAME_TAKEN', path, { name, owner: object.label, proposal: `${name}2` }))
  taken.add(name)
}

/** A field that stands in one column and whose values are compared as a whole. */
function comparable(object: ObjectModel, name: string, path: string, issues: Issue[]): FieldModel | null {
  const field = lookup(object.fields, name)
  if (!field) {
    issues.push(
      issue('FIELD_UNKNOWN', path, { object: object.name, field: name, suggestion: suggestion(name, Object.keys(object.fields)) }),
    )
    return null
  }
  if (isOneColumn(field)) return field
  issues.push(issue('PROPERTY_UNFIT', path, { property: name, type: field.type.name }))
  return null
}
