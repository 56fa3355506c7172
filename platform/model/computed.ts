import { lookup } from '../registry.js'
import { type CheckedRule, pathsOf } from '../rules/rule.js'
import type { ComputedField, ComputedInput } from './computed-model.js'
import type { FieldModel, ObjectModel } from './model.js'
import { fieldNamed } from './scope.js'

type Objects = Readonly<Record<string, ObjectModel>>

/** Whether a field is computed and kept: a stored formula or a rollup. */
export const isComputed = (field: FieldModel): boolean => field.columns.length > 0 && (field.rule !== null || field.rollup !== null)

/**
 * Every computed field that is kept, each behind those that it reads, so that one walk over the list brings all up to date.
 * @param objects linked; a circle, which linking reports, is cut at some place
 */
export function computedFields(objects: Objects): ComputedField[] {
  const all = new Map<string, ComputedField>()
  for (const object of Object.values(objects))
    for (const field of Object.values(object.fields))
      if (isComputed(field))
        all.set(`${object.name} ${field.name}`, { object: object.name, field: field.name, inputs: inputsOf(field, objects) })
  const sorted: ComputedField[] = []
  const seen = new Set<string>()
  const visit = (name: string, computed: ComputedField) => {
    if (seen.has(name)) return
    seen.add(name)
    for (const input of computed.inputs) {
      for (const key of input.keys) {
        const next = all.get(`${input.object} ${key}`)
        if (next) visit(`${input.object} ${key}`, next)
      }
    }
    sorted.push(computed)
  }
  for (const [name, computed] of all) visit(name, computed)
  return sorted
}

/** How a computed field comes about, as a text that differs when kept values must be computed anew: rules, opened formulas, the columns read. */
export function computationOf({ object, field, inputs }: ComputedField, objects: Objects): string {
  const model = objects[object]?.fields[field]
  const columns = inputs.map(input => input.keys.map(key => columnOf(objects[input.object], key)))
  const rules = new Set<string>()
  const own = lookup(objects, model?.rollup?.object ?? object)
  const rule = model?.rollup ? model.rollup.where : model?.rule
  if (rule && own) openRules(rule, own, objects, rules)
  const { function: name, field: taken, by, relation, tree } = model?.rollup ?? {}
  return JSON.stringify({ name, taken, by, relation, tree, rules: [...rules], inputs, columns, own: model?.columns })
}

const columnOf = (object: ObjectModel | undefined, key: string): string =>
  Object.values(object?.fields ?? {})
    .flatMap(({ columns }) => columns)
    .find(column => column.key === key)?.name ?? ''

/** A rule and the rules of the virtual formulas that it reads. */
function openRules(rule: CheckedRule, object: ObjectModel, objects: Objects, rules: Set<string>): void {
  const text = JSON.stringify(rule)
  if (rules.has(text)) return
  rules.add(text)
  for (const read of pathsOf(rule)) {
    const end = endOf(read[0] === 'record' && read.length > 1 ? read.slice(1) : read, object, objects)
    if (end?.field.rule && end.field.columns.length === 0) openRules(end.field.rule, end.object, objects, rules)
  }
}

/** What a computed field reads, virtual formulas opened. */
function inputsOf(field: FieldModel, objects: Objects): ComputedInput[] {
  const reads = new Map<string, { readonly object: string; readonly keys: Set<string>; readonly path: readonly string[] | null }>()
  const note = (object: string, path: readonly string[] | null, key: string) => {
    const place = `${object} ${path?.join('.') ?? '*'}`
    const known = reads.get(place) ?? { object, keys: new Set<string>(), path }
    reads.set(place, { ...known, keys: known.keys.add(key) })
  }
  const { rollup } = field
  if (rollup) {
    const child = lookup(objects, rollup.object)
    const own = [rollup.relation, rollup.field, rollup.by, rollup.money?.day ?? null].filter(name => name !== null)
    for (const name of own) if (child) readField([name], child, [], objects, (object, _, key) => note(object, null, key))
    if (rollup.money?.currency) note(rollup.object, null, rollup.money.currency)
    if (rollup.money && field.currency?.from === 'record') note(field.object, [], field.currency.column.key)
    if (rollup.where && child) readRule(rollup.where, child, [], objects, (object, _, key) => note(object, null, key))
  } else if (field.rule) {
    const object = lookup(objects, field.object)
    if (object) readRule(field.rule, object, [], objects, note)
  }
  return [...reads.values()].map(({ object, keys, path }) => ({ object, keys: [...keys], path }))
}

/** What a rule over an object reads, virtual formulas opened: keys, and the relations to the records that have them. */
export function readsOf(rule: CheckedRule, object: ObjectModel, objects: Objects): ComputedInput[] {
  const reads: ComputedInput[] = []
  readRule(rule, object, [], objects, (target, path, key) => reads.push({ object: target, keys: [key], path }))
  return reads
}

/** What paths that a rule reads of an object come to, virtual formulas opened. */
export function readsOfPaths(paths: readonly (readonly string[])[], object: ObjectModel, objects: Objects): ComputedInput[] {
  const reads: ComputedInput[] = []
  readPaths(paths, object, [], objects, (target, path, key) => reads.push({ object: target, keys: [key], path }))
  return reads
}

type Note = (object: string, path: readonly string[], key: string) => void

function readRule(rule: CheckedRule, object: ObjectModel, path: readonly string[], objects: Objects, note: Note): void {
  readPaths(pathsOf(rule), object, path, objects, note)
}

function readPaths(
  paths: readonly (readonly string[])[],
  object: ObjectModel,
  path: readonly string[],
  objects: Objects,
  note: Note,
): void {
  for (const read of paths) {
    const own = (read[0] === 'record' || read[0] === 'before') && read.length > 1 ? read.slice(1) : read
    if (!isContext(own)) readField(own, object, path, objects, note)
  }
}

/** Whether a path reads who asks or when, not a record. */
const isContext = (path: readonly string[]): boolean =>
  (path.length === 1 && (path[0] === 'now' || path[0] === 'today')) || (path.length > 1 && path[0] === 'user')

function readField(own: readonly string[], object: ObjectModel, path: readonly string[], objects: Objects, note: Note): void {
  const [first = '', ...rest] = own
  const field = fieldNamed(object, first)
  if (!field) return
  const target = field.relation?.to ? lookup(objects, field.relation.to) : undefined
  if (rest.length > 0) {
    note(object.name, path, field.key)
    if (target) readField(rest, target, [...path, field.name], objects, note)
  } else if (field.currencyOf !== null) readCurrency(field, object, path, note)
  else if (field.along) readField([field.along.relation, field.along.field], object, path, objects, note)
  else if (field.rule && field.columns.length === 0) readRule(field.rule, object, path, objects, note)
  else note(object.name, path, field.key)
}

function readCurrency({ currency }: FieldModel, object: ObjectModel, path: readonly string[], note: Note): void {
  if (!currency || currency.from === 'workspace') return
  if (currency.from === 'parent') {
    note(object.name, path, currency.key.key)
    note(currency.object, [...path, object.detail?.name ?? ''], currency.column.key)
  } else note(object.name, path, currency.column.key)
}

/** Whether a rule, through the virtual formulas that it reads, asks who or when: its value changes without any write. */
export function readsMoment(rule: CheckedRule, object: ObjectModel, objects: Objects, depth = 0): boolean {
  return pathsOf(rule).some(read => {
    const own = read[0] === 'record' && read.length > 1 ? read.slice(1) : read
    if (isContext(own)) return true
    const end = endOf(own, object, objects)
    return end?.field.rule && end.field.columns.length === 0 && depth < 20
      ? readsMoment(end.field.rule, end.object, objects, depth + 1)
      : false
  })
}

/** Whether a rule, through the virtual formulas that it reads, goes along a relation. */
export function readsAlong(rule: CheckedRule, object: ObjectModel, objects: Objects, depth = 0): boolean {
  return pathsOf(rule).some(read => {
    const own = read[0] === 'record' && read.length > 1 ? read.slice(1) : read
    if (isContext(own)) return false
    if (own.length > 1) return true
    const field = fieldNamed(object, own[0] ?? '')
    if (field?.along || (field?.currencyOf && field.currency?.from === 'parent')) return true
    return field?.rule && field.columns.length === 0 && depth < 20 ? readsAlong(field.rule, object, objects, depth + 1) : false
  })
}

function endOf(own: readonly string[], object: ObjectModel, objects: Objects): { field: FieldModel; object: ObjectModel } | null {
  const [first = '', ...rest] = own
  const field = fieldNamed(object, first)
  if (field?.along && rest.length === 0) return endOf([field.along.relation, field.along.field], object, objects)
  if (!field || rest.length === 0) return field ? { field, object } : null
  const target = field.relation?.to ? lookup(objects, field.relation.to) : undefined
  return target ? endOf(rest, target, objects) : null
}
