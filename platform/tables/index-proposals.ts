import type { IndexDefinition } from '../definitions/object-sets.js'
import type { Model, ObjectModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { type IndexField, type IndexReason, type IndexUse, usesOfAsked, usesOfRoles, usesOfViews } from './index-uses.js'
import type { AskedShape } from './list-shape.js'

/** An index that an object does not have and that its lists would use. */
export interface IndexProposal {
  readonly object: string
  readonly definition: IndexDefinition
  readonly reasons: readonly IndexReason[]
}

/** Every index makes writing slower, so requests alone propose few for an object: those asked for most. */
const mostAsked = 5

/**
 * Indexes that views, the records which roles cover, and requests as they came would use: what is equal first, then the order of the list.
 * What an object has already, by its fields or by its own `indexes`, is left out.
 * @param asked what requests asked of lists so far
 * @returns what was asked most first, then by object those that serve most
 */
export function indexProposals(model: Model, asked: readonly AskedShape[] = []): IndexProposal[] {
  const found = new Map<string, Found>()
  for (const use of [...usesOfViews(model), ...usesOfRoles(model), ...usesOfAsked(model, asked)]) {
    const { object, where, reason } = use
    const fields = once([...use.equal, ...use.rest])
    if (fields.length === 0 || isThere(use, fields)) continue
    const key = `${object.name} ${JSON.stringify([fields, where])}`
    const known = found.get(key) ?? { object, fields, where, reasons: [] }
    known.reasons.push(reason)
    found.set(key, known)
  }
  const taken = new Map<string, Set<string>>()
  return few([...found.values()].sort(byServing)).map(({ object, fields, where, reasons }) => {
    const names = taken.get(object.name) ?? new Set(object.definition.indexes?.map(({ index }) => index))
    taken.set(object.name, names)
    const index = freeName(fields, names)
    names.add(index)
    return { object: object.name, definition: { index, fields: [...fields], ...(where === undefined ? {} : { where }) }, reasons }
  })
}

interface Found {
  readonly object: ObjectModel
  readonly fields: readonly IndexField[]
  readonly where: unknown
  readonly reasons: IndexReason[]
}

/** How often requests asked for what an index would serve. */
const askedFor = ({ reasons }: Pick<Found, 'reasons'>): number =>
  reasons.reduce((sum, reason) => sum + (reason.kind === 'asked' ? reason.count : 0), 0)

const byServing = (a: Found, b: Found): number =>
  askedFor(b) - askedFor(a) ||
  (a.object.name === b.object.name ? b.reasons.length - a.reasons.length : a.object.name < b.object.name ? -1 : 1)

function few(found: readonly Found[]): Found[] {
  const counts = new Map<string, number>()
  return found.filter(({ object, reasons }) => {
    if (reasons.some(({ kind }) => kind !== 'asked')) return true
    const count = (counts.get(object.name) ?? 0) + 1
    counts.set(object.name, count)
    return count <= mostAsked
  })
}

/** Each field where it stands first: what is equal needs no order. */
const once = (fields: readonly IndexField[]): IndexField[] =>
  fields.filter(({ field }, at) => fields.findIndex(other => other.field === field) === at)

const isSame = (a: IndexField | undefined, b: IndexField | undefined) => a?.field === b?.field && a?.direction === b?.direction

/** Whether an index of the object serves already: one of its own that begins so, or the one that a field has anyway. */
function isThere(use: IndexUse, fields: readonly IndexField[]): boolean {
  const { object, equal, where, reason } = use
  const rest = fields.slice(equal.length)
  const begins = (own: readonly IndexField[]) =>
    own.slice(0, equal.length).every(one => equal.some(other => isSame(one, other))) &&
    rest.every((field, at) => isSame(field, own[equal.length + at]))
  const isHeld = (of: unknown) => of === undefined || JSON.stringify(of) === JSON.stringify(where)
  // an index of all records finds a part of them by reading the others too
  const serving = (object.definition.indexes ?? []).filter(own => isHeld(own.where) && (where === undefined || own.where !== undefined))
  if (serving.some(own => own.fields.length >= fields.length && begins(own.fields))) return true
  if (where !== undefined) return false
  // without an order what is found by one of the fields is looked through for the others
  if (reason.kind === 'asked' && reason.order.length === 0)
    return [...equal, ...rest].some(field => hasOwnIndex({ ...field, direction: 'asc' }, object))
  const [only, second] = fields
  return only !== undefined && second === undefined && hasOwnIndex(only, object)
}

/** Whether a field has an index by itself; what is never empty is read from either end of it. */
function hasOwnIndex({ field: name, direction }: IndexField, object: ObjectModel): boolean {
  const { definition, relation, type } = lookup(object.fields, name) ?? {}
  const hasOwn =
    definition?.index === true ||
    definition?.unique === true ||
    type?.name === 'autonumber' ||
    (relation ?? null) !== null ||
    name === 'createdAt'
  const isSorted = (object.definition.sort ?? []).some(sort => sort.field === name)
  return (hasOwn || isSorted) && (direction !== 'desc' || name === 'createdAt')
}

/** `byOwnerAndCloseDate`: what it is called, with a number where that is taken. */
function freeName(fields: readonly IndexField[], taken: ReadonlySet<string>): string {
  const words = fields.map(({ field }) => field.charAt(0).toUpperCase() + field.slice(1))
  const name = `by${words.join('And')}`.slice(0, 36)
  const numbered = (n: number): string => (taken.has(`${name}${n}`) ? numbered(n + 1) : `${name}${n}`)
  return taken.has(name) ? numbered(2) : name
}
