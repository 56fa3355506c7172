import type { OptionDefinition } from '../fields/definition.js'
import type { Label } from '../label.js'
import type { Change } from '../model/changes.js'
import type { FieldModel, Model, ObjectModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { breaking } from './askable-rules.js'

/** What of a definition asks more of records than it did. */
export type Strictness = 'required' | 'options' | 'min' | 'max' | 'minLength' | 'maxLength' | 'rule' | 'values'

/** A place where a set of changes asks more of the records that are there. */
export interface Stricter {
  readonly kind: Strictness
  /** Where it is mended. */
  readonly path: string
  /** The object and, where it is about one, the field, as they are called in the present model. */
  readonly object: string
  readonly field: string | null
  /** What the field is called, or what the rule says. */
  readonly title: Label
  /** What holds of the records that do not keep to it, over the present model; null where no rule says it, so that each value has to be looked at. */
  readonly rule: unknown
  /** The bound that is new, or the values that can no longer be chosen. */
  readonly bound: string | null
  /** It only warns. */
  readonly isWarning: boolean
}

/**
 * Where a set of changes asks more of records: fields that must have a value, narrower bounds and options, rules.
 * @param before the present model
 * @param after the model to come; both with their physical names
 */
export const stricterIn = (changes: readonly Change[], before: Model, after: Model): Stricter[] => [
  ...changes.flatMap(change => stricterField(change, before, after)),
  ...stricterRules(changes, before, after),
]

function stricterField({ do: deed, field }: Change, before: Model, after: Model): Stricter[] {
  const next = field?.after ?? null
  const former = field?.before ?? null
  const present = next && presentObject(lookup(after.objects, next.object), before)
  if (!next || !present || deed === 'rename' || !next.writable) return []
  const names = liveNames(present, lookup(after.objects, next.object))
  const place = { object: present.name, field: former?.name ?? null, title: next.label, isWarning: false }
  const path = `objects/${next.object}/fields/${next.name}`
  const needed = neededIn(former, next, names).map(
    ({ property, rule }): Stricter => ({ ...place, kind: 'required', path: `${path}/${property}`, rule, bound: null }),
  )
  // what a change of type cannot take over is told as lost
  if (!former || deed === 'retype') return needed
  return [...needed, ...narrowed(former, next).map(one => ({ ...place, ...one, path: `${path}/${one.property}` }))]
}

/** When a field must have a value that it need not have had: what holds of the records without one. */
function neededIn(former: FieldModel | null, next: FieldModel, names: LiveNames): { property: string; rule: unknown }[] {
  const { required, requiredWhen, visibleWhen } = next.definition
  const had = former?.definition
  const isSame = (property: 'requiredWhen' | 'visibleWhen') => JSON.stringify(had?.[property]) === JSON.stringify(next.definition[property])
  const empty = former ? [isWithout(former)] : []
  const seen = visibleWhen === undefined ? [] : [inLiveNames(visibleWhen, names)]
  const holds = (parts: readonly unknown[]): unknown => (parts.length === 0 ? true : parts.length === 1 ? parts[0] : { and: parts })
  if (required === true)
    return had?.required === true && isSame('visibleWhen') ? [] : [{ property: 'required', rule: holds([...seen, ...empty]) }]
  if (requiredWhen === undefined || (had?.required !== true && isSame('requiredWhen') && isSame('visibleWhen'))) return []
  return had?.required === true ? [] : [{ property: 'requiredWhen', rule: holds([...seen, inLiveNames(requiredWhen, names), ...empty]) }]
}

const isWithout = (field: FieldModel): unknown => ({ isEmpty: [{ var: field.name }] })

type Narrowed = Pick<Stricter, 'kind' | 'rule' | 'bound'> & { readonly property: string }

/** The bounds and choices of a field that are narrower than they were. */
function narrowed(former: FieldModel, next: FieldModel): Narrowed[] {
  const [had, has] = [former.definition, next.definition]
  const read = { var: former.name }
  const isNumber = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'
  const bound = (kind: 'min' | 'max' | 'minLength' | 'maxLength', side: '<' | '>', of: unknown): Narrowed[] => {
    const [old, now] = [had[kind], has[kind]]
    const isNarrower = isNumber(now) && (!isNumber(old) || (side === '<' ? Number(now) > Number(old) : Number(now) < Number(old)))
    return isNarrower ? [{ kind, property: kind, rule: { [side]: [of, now] }, bound: String(now) }] : []
  }
  return [
    ...bound('min', '<', read),
    ...bound('max', '>', read),
    ...bound('minLength', '<', { length: [read] }),
    ...bound('maxLength', '>', { length: [read] }),
    ...withoutOptions(former, next),
    ...unspoken.flatMap((property): Narrowed[] => {
      const [old, now] = [lookup(had, property), lookup(has, property)]
      const isOpened = now === undefined || (property === 'multiple' && now === true)
      return isOpened || JSON.stringify(old) === JSON.stringify(now) ? [] : [{ kind: 'values', property, rule: null, bound: null }]
    }),
  ]
}

/** What no rule says of a value, so that each has to be read as the new definition would take it. */
const unspoken = ['pattern', 'scale', 'precision', 'schema', 'multiple'] as const

/** Values that records may have and that are no options any more; one that is only switched off stays. */
function withoutOptions(former: FieldModel, next: FieldModel): Narrowed[] {
  const values = ({ definition }: FieldModel) => (definition.options ?? []).map(({ value }: OptionDefinition) => value)
  const gone = values(former).filter(value => !values(next).includes(value))
  if (gone.length === 0) return []
  const read = { var: former.name }
  const isList = typeof former.class.rule === 'object'
  return [
    {
      kind: 'options',
      property: 'options',
      rule: isList ? { containsAny: [read, gone] } : { in: [read, gone] },
      bound: gone.join(', '),
    },
  ]
}

/** Validation rules that are new or say something else. */
function stricterRules(changes: readonly Change[], before: Model, after: Model): Stricter[] {
  const touched = new Set(
    changes.filter(({ kind, properties }) => kind === 'object' && properties.includes('rules')).map(({ path }) => path),
  )
  return Object.values(after.objects).flatMap((object): Stricter[] => {
    const present = touched.has(`objects/${object.name}`) ? presentObject(object, before) : undefined
    if (!present) return []
    const names = liveNames(present, object)
    const had = new Map(present.rules.map(rule => [rule.name, JSON.stringify([rule.definition.must, rule.on])]))
    return object.rules.flatMap((rule, index): Stricter[] => {
      if (had.get(rule.name) === JSON.stringify([rule.definition.must, rule.on]) || !rule.on.includes('update')) return []
      const place = { object: present.name, field: null, title: rule.message, bound: null, isWarning: rule.isWarning }
      return [{ ...place, kind: 'rule', path: `objects/${object.name}/rules/${index}`, rule: inLiveNames(breaking(rule), names) }]
    })
  })
}

/** The object of the present model whose records one to come has. */
const presentObject = (object: ObjectModel | undefined, { objects }: Model): ObjectModel | undefined =>
  object && Object.values(objects).find(({ table }) => table === object.table)

/** What the fields of an object to come are called now; null for those that have no values yet. */
export type LiveNames = ReadonlyMap<string, string | null>

/** How the fields of an object to come are called in the present one: by the place of their data. */
export function liveNames(present: ObjectModel, next: ObjectModel | undefined): LiveNames {
  const named = new Map(
    Object.values(present.fields).flatMap(({ name, columns: [column] }) => (column ? [[column.name, name] as const] : [])),
  )
  return new Map(
    Object.values(next?.fields ?? {}).flatMap(({ name, key, columns: [column], rule }): [string, string | null][] => {
      if (!column || rule) return []
      const now = named.get(column.name) ?? null
      const called = now === null ? null : key === name ? now : (present.fields[now]?.key ?? now)
      return now === name ? [] : [[name, now], ...(key === name ? [] : [[key, called] as [string, string | null]])]
    }),
  )
}

/** A rule with its names as they are now; what has no values yet is empty. */
export function inLiveNames(rule: unknown, names: LiveNames): unknown {
  if (names.size === 0 || typeof rule !== 'object' || rule === null) return rule
  if (Array.isArray(rule)) return rule.map(part => inLiveNames(part, names))
  const { var: read } = rule as { readonly var?: unknown }
  const path: unknown = Array.isArray(read) ? read[0] : read
  if (typeof path !== 'string') return Object.fromEntries(Object.entries(rule).map(([key, inner]) => [key, inLiveNames(inner, names)]))
  const [first = '', ...rest] = path.split('.')
  const isOfRecord = first === 'record' && rest.length > 0
  const own = isOfRecord ? (rest[0] ?? '') : first
  const now = names.get(own)
  if (now === undefined) return rule
  return now === null ? null : { var: [...(isOfRecord ? ['record'] : []), now, ...rest.slice(isOfRecord ? 1 : 0)].join('.') }
}
