import { type Issue, issue } from '../errors.js'
import { dayOf } from '../fields/zone.js'
import type { FieldModel, Model, ObjectModel } from '../model/model.js'
import { fieldNamed } from '../model/scope.js'
import { lookup } from '../registry.js'
import { suggestion } from '../rules/suggestion.js'
import { fromContract } from '../rules/types.js'
import { fieldValue, type Judged } from './check.js'
import type { Moment } from './defaults.js'
import type { Values } from './values.js'

/** What an example gives, as a record that rules can be asked of. */
export interface Given {
  readonly judged: Judged
  readonly issues: readonly Issue[]
}

type Json = Readonly<Record<string, unknown>>

/** The day of examples that say none: they come to the same on every day. */
const standardNow = '2026-01-01T00:00:00.000Z'
const timeZone = 'UTC'
/** How far values of related records may be given. */
const deepest = 5

/** Values of one record, and what stands along its relations and in its rows. */
interface Parts {
  readonly values: Record<string, unknown>
  readonly related: Map<string, Parts & { readonly object: ObjectModel }>
  readonly rows: Map<string, readonly (Parts & { readonly object: ObjectModel })[]>
}

/**
 * Reads what an example gives: values of fields by their names or keys, `before`, `user`, `today`, `now`, rows, values of related records.
 * @returns the record, and an issue for every name that is unknown and every value that does not fit
 */
export function givenOf(given: Json, object: ObjectModel, model: Model, path: string): Given {
  const issues: Issue[] = []
  const context = new Set(['before', 'user', 'today', 'now'].filter(name => !fieldNamed(object, name)))
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => !context.has(name)))
  const parts = partsOf(own, object, { model, issues }, path)
  const before = context.has('before') && isObject(given.before) ? partsOf(given.before, object, { model, issues }, `${path}/before`) : null
  const moment = momentOf(given, path, issues)
  return { judged: judgedOf(parts, object, moment, before?.values ?? null, before ?? parts), issues }
}

interface Reading {
  readonly model: Model
  readonly issues: Issue[]
}

function partsOf(given: Json, object: ObjectModel, reading: Reading, path: string, depth = 0): Parts {
  const parts: Parts = { values: { id: `${object.name}-${path}` }, related: new Map(), rows: new Map() }
  for (const [name, value] of Object.entries(given)) {
    const at = `${path}/${name}`
    const field = fieldNamed(object, name)
    const child = lookup(object.children, name)
    const target = lookup(reading.model.objects, (field ? field.relation?.to : child?.object) ?? '')
    if (field && target && isObject(value) && depth < deepest) {
      parts.related.set(field.name, { object: target, ...partsOf(value, target, reading, at, depth + 1) })
      parts.values[field.key] = at
    } else if (field) parts.values[field.key] = givenValue(field, value, at, reading.issues)
    else if (child && target && Array.isArray(value)) {
      const rows = value.map((row, index) => ({
        object: target,
        ...partsOf(isObject(row) ? row : {}, target, reading, `${at}/${index}`, depth + 1),
      }))
      parts.rows.set(name, rows)
    } else reading.issues.push(issue('FIELD_UNKNOWN', at, { object: object.name, field: name, suggestion: meantBy(name, object) }))
  }
  return parts
}

/** What a name stood for that is unknown now: a field that was called so, else one that is called much the same. */
const meantBy = (name: string, { fields }: ObjectModel) => {
  const renamed = Object.values(fields).find(({ definition }) => definition.was?.includes(name))
  return suggestion(renamed?.name ?? name, Object.keys(fields))
}

function givenValue(field: FieldModel, value: unknown, path: string, issues: Issue[]): unknown {
  if (value === null) return null
  if (field.relation) {
    if (typeof value === 'string') return value
    issues.push(issue('EXAMPLE_VALUE', path, { name: field.label }))
    return null
  }
  if (field.type.writable && field.writable) {
    const parsed = field.type.parse(value, field.definition)
    if ('value' in parsed) return parsed.value
    issues.push(issue(parsed.misfit.code, path, { field: field.label, ...parsed.misfit.params }))
    return null
  }
  if (field.class.rule === null || fromContract(value, field.class.rule) === null)
    issues.push(issue('EXAMPLE_VALUE', path, { name: field.label }))
  return value
}

function momentOf(given: Json, path: string, issues: Issue[]): Moment {
  const said = (name: 'now' | 'today', type: 'dateTime' | 'date') => {
    const value = given[name]
    if (value === undefined) return null
    if (fromContract(value, type) !== null) return String(value)
    issues.push(issue('EXAMPLE_VALUE', `${path}/${name}`, { name }))
    return null
  }
  const today = said('today', 'date')
  const now = said('now', 'dateTime') ?? (today === null ? standardNow : `${today}T00:00:00.000Z`)
  const user = isObject(given.user) ? given.user : null
  const text = (name: string) => (typeof user?.[name] === 'string' ? String(user[name]) : '')
  return {
    now,
    today: today ?? dayOf(now, timeZone),
    timeZone,
    member: user && { id: text('id'), name: text('name'), email: text('email') },
  }
}

function judgedOf(parts: Parts, object: ObjectModel, moment: Moment, before: Values | null, former: Parts = parts): Judged {
  const partsFor = (values: Values) => (before !== null && values === before ? former : parts)
  return {
    object,
    before,
    after: parts.values,
    moment,
    related: (path, values) => along(path, partsFor(values), moment),
    rows: (children, values) => (partsFor(values).rows.get(children) ?? []).map(row => judgedOf(row, row.object, moment, null)),
  }
}

function along([first = '', ...rest]: readonly string[], parts: Parts, moment: Moment): unknown {
  const found = parts.related.get(first)
  if (!found) return null
  if (rest.length > 1) return along(rest, found, moment)
  return fieldValue(rest[0] ?? '', judgedOf(found, found.object, moment, null))
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
