import type { IndexDefinition } from '../definitions/object-sets.js'
import type { FieldModel, Model, ObjectModel } from '../model/model.js'
import { lookup } from '../registry.js'

/** Where an index would be used. */
export interface IndexReason {
  readonly kind: 'view' | 'role'
  readonly name: string
}

/** An index that an object does not have and that its lists would use. */
export interface IndexProposal {
  readonly object: string
  readonly definition: IndexDefinition
  readonly reasons: readonly IndexReason[]
}

type IndexField = IndexDefinition['fields'][number]
interface Use {
  readonly object: ObjectModel
  readonly fields: readonly IndexField[]
  readonly reason: IndexReason
}

const mostEqual = 2

/**
 * Indexes that views and the records which roles cover would use: what is equal first, then the order of the list.
 * What an object has already, by its fields or by its own `indexes`, is left out.
 * @returns by object, those that serve most first
 */
export function indexProposals(model: Model): IndexProposal[] {
  const found = new Map<string, Found>()
  for (const { object, fields, reason } of [...usesOfViews(model), ...usesOfRoles(model)]) {
    if (fields.length === 0 || isThere(object, fields)) continue
    const key = `${object.name} ${JSON.stringify(fields)}`
    const known = found.get(key) ?? { object, fields, reasons: [] }
    known.reasons.push(reason)
    found.set(key, known)
  }
  const taken = new Map<string, Set<string>>()
  return [...found.values()].sort(byServing).map(({ object, fields, reasons }) => {
    const names = taken.get(object.name) ?? new Set(object.definition.indexes?.map(({ index }) => index))
    taken.set(object.name, names)
    const index = freeName(fields, names)
    names.add(index)
    return { object: object.name, definition: { index, fields: [...fields] }, reasons }
  })
}

interface Found {
  readonly object: ObjectModel
  readonly fields: readonly IndexField[]
  readonly reasons: IndexReason[]
}

const byServing = (a: Found, b: Found): number =>
  a.object.name === b.object.name ? b.reasons.length - a.reasons.length : a.object.name < b.object.name ? -1 : 1

const usesOfViews = (model: Model): Use[] =>
  Object.values(model.views).flatMap(({ name, definition }): Use[] => {
    const object = lookup(model.objects, definition.object)
    if (!object) return []
    const group = definition.groupBy === undefined ? [] : [definition.groupBy]
    const fields = [...equalIn(definition.where, object, group), ...orderOf(definition.sort ?? object.definition.sort, object)]
    return [{ object, fields: once(fields), reason: { kind: 'view', name } }]
  })

const usesOfRoles = (model: Model): Use[] =>
  Object.values(model.roles).flatMap(({ name, definition }): Use[] =>
    Object.entries(definition.grants ?? {}).flatMap(([of, grant]): Use[] => {
      const object = lookup(model.objects, of)
      const equal = object && typeof grant === 'object' ? equalIn((grant as { records?: unknown }).records, object, []) : []
      if (!object || equal.length === 0) return []
      return [{ object, fields: once([...equal, ...orderOf(object.definition.sort, object)]), reason: { kind: 'role', name } }]
    }),
  )

/** A field that a list can be found or ordered by through one column. */
function columnField(name: unknown, object: ObjectModel): FieldModel | null {
  const field = typeof name === 'string' ? lookup(object.fields, name) : undefined
  const isPlain = field && field.currencyOf === null && field.columns[0]?.key === field.key && field.class.sortable && !field.class.parts
  return isPlain && field.name !== 'id' ? field : null
}

/** The fields that a rule holds to one value in every record that it lets through, at most two. */
function equalIn(rule: unknown, object: ObjectModel, more: readonly string[]): IndexField[] {
  const names = new Set([...equalNames(rule), ...more])
  return [...names]
    .flatMap(name => columnField(name, object) ?? [])
    .filter(({ type }) => type.name !== 'boolean')
    .slice(0, mostEqual)
    .map(({ name }) => ({ field: name }))
}

function equalNames(rule: unknown): string[] {
  if (typeof rule !== 'object' || rule === null) return []
  const { and, '==': equal } = rule as { and?: unknown; '=='?: unknown }
  if (Array.isArray(and)) return and.flatMap(equalNames)
  if (!Array.isArray(equal) || equal.length !== 2) return []
  const [one, other] = equal.map(ownField)
  if (one !== undefined && other !== undefined) return []
  return [one ?? other].filter(name => name !== undefined)
}

/** The field of the record that a side of a comparison names: `stage` and `record.stage`, but not what stands beyond a relation. */
function ownField(side: unknown): string | undefined {
  const path = typeof side === 'object' && side !== null ? (side as { var?: unknown }).var : undefined
  if (typeof path !== 'string') return undefined
  const own = path.startsWith('record.') ? path.slice('record.'.length) : path
  return own === '' || own.includes('.') ? undefined : own
}

function orderOf(
  sort: readonly { readonly field: string; readonly direction?: 'asc' | 'desc' | undefined }[] | undefined,
  object: ObjectModel,
): IndexField[] {
  const [first] = sort ?? []
  const field = columnField(first?.field, object)
  return field ? [{ field: field.name, direction: first?.direction ?? 'asc' }] : []
}

/** Each field where it stands first: what is equal needs no order. */
const once = (fields: readonly IndexField[]): IndexField[] =>
  fields.filter(({ field }, at) => fields.findIndex(other => other.field === field) === at)

/** Whether an index of the object serves already: one of its own that begins so, or the one that a field has anyway. */
function isThere(object: ObjectModel, fields: readonly IndexField[]): boolean {
  const same = (a: IndexField, b: IndexField | undefined) => a.field === b?.field && a.direction === b.direction
  if ((object.definition.indexes ?? []).some(own => fields.every((field, at) => same(field, own.fields[at])))) return true
  const [only, second] = fields
  if (!only || second !== undefined) return false
  const field = lookup(object.fields, only.field)
  const { definition, relation, type } = field ?? {}
  const hasOwn =
    definition?.index === true ||
    definition?.unique === true ||
    type?.name === 'autonumber' ||
    (relation ?? null) !== null ||
    only.field === 'createdAt'
  const isSorted = (object.definition.sort ?? []).some(sort => sort.field === only.field)
  return (hasOwn || isSorted) && only.direction !== 'desc'
}

/** `byOwnerAndCloseDate`: what it is called, with a number where that is taken. */
function freeName(fields: readonly IndexField[], taken: ReadonlySet<string>): string {
  const words = fields.map(({ field }) => field.charAt(0).toUpperCase() + field.slice(1))
  const name = `by${words.join('And')}`.slice(0, 36)
  const numbered = (n: number): string => (taken.has(`${name}${n}`) ? numbered(n + 1) : `${name}${n}`)
  return taken.has(name) ? numbered(2) : name
}
