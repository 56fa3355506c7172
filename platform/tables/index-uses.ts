import type { IndexDefinition } from '../definitions/object-sets.js'
import { checkIndexCondition } from '../model/index-condition.js'
import type { Model, ObjectModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { type AskedShape, columnField, equalNames, type ListShape, ownField } from './list-shape.js'

/** Where an index would be used: by a view or a role, or by requests as they came. */
export type IndexReason =
  | { readonly kind: 'view' | 'role'; readonly name: string }
  | { readonly kind: 'asked'; readonly count: number; readonly filters: readonly string[]; readonly order: ListShape['order'] }

export type IndexField = IndexDefinition['fields'][number]

/** The index that a list would use. */
export interface IndexUse {
  readonly object: ObjectModel
  /** Fields that are held to one value, in no order. */
  readonly equal: readonly IndexField[]
  /** What stands behind them: the order of the list, or a field of which it takes a part. */
  readonly rest: readonly IndexField[]
  /** The records that it holds, where the list never has others. */
  readonly where?: unknown
  readonly reason: IndexReason
}

const mostEqual = 2

/** The lists of views; one that takes a part by constants alone gets an index of that part. */
export const usesOfViews = (model: Model): IndexUse[] =>
  Object.values(model.views).flatMap(({ name, definition }): IndexUse[] => {
    const object = lookup(model.objects, definition.object)
    if (!object) return []
    const equal = equalIn([...equalNames(definition.where), ...(definition.groupBy === undefined ? [] : [definition.groupBy])], object)
    const rest = orderOf(definition.sort ?? object.definition.sort, object)
    const isPart = equal.length === 0 && rest.length > 0 && definition.where !== undefined && isConstant(definition.where, object)
    return [{ object, equal, rest, ...(isPart ? { where: definition.where } : {}), reason: { kind: 'view', name } }]
  })

/** The records that roles cover. */
export const usesOfRoles = (model: Model): IndexUse[] =>
  Object.values(model.roles).flatMap(({ name, definition }): IndexUse[] =>
    Object.entries(definition.grants ?? {}).flatMap(([of, grant]): IndexUse[] => {
      const object = lookup(model.objects, of)
      const equal = object && typeof grant === 'object' ? equalIn(equalNames((grant as { records?: unknown }).records), object) : []
      if (!object || equal.length === 0) return []
      return [{ object, equal, rest: orderOf(object.definition.sort, object), reason: { kind: 'role', name } }]
    }),
  )

/** So seldom asked is not worth an index. */
const fewestAsked = 10
const parts = new Set(['in', 'gt', 'gte', 'lt', 'lte', 'between', 'within'])

/** The lists that requests asked for, as far as no key answers them. */
export const usesOfAsked = (model: Model, asked: readonly AskedShape[]): IndexUse[] =>
  asked
    .filter(({ count }) => count >= fewestAsked)
    .flatMap(({ object: of, filters, order, count }): IndexUse[] => {
      const object = lookup(model.objects, of)
      if (!object) return []
      const fields = filters.filter(([, operator]) => operator === 'eq').map(([field]) => field)
      if (isKey(fields, object)) return []
      const equal = equalIn(fields, object)
      const first = order.map(([field, direction]) => ({ field, direction })).slice(0, 1)
      const rest = first.filter(({ field }) => columnField(field, object))
      const part = filters.filter(([field, operator]) => parts.has(operator) && columnField(field, object)).map(([field]) => ({ field }))
      const told = [...new Set(filters.map(([field]) => field))]
      const reason = { kind: 'asked', count, filters: told, order } as const
      return [{ object, equal, rest: order.length > 0 ? rest : part.slice(0, 1), reason }]
    })

/** Whether at most one record has these values. */
const isKey = (equal: readonly string[], { fields, definition }: ObjectModel): boolean =>
  equal.includes('id') ||
  equal.some(name => lookup(fields, name)?.definition.unique === true || lookup(fields, name)?.type.name === 'autonumber') ||
  (definition.unique ?? []).some(set => set.fields.every(name => equal.includes(name)))

/** Of fields that hold one value at most two, and none with two values only. */
function equalIn(names: readonly string[], object: ObjectModel): IndexField[] {
  return [...new Set(names)]
    .flatMap(name => columnField(name, object) ?? [])
    .filter(({ type }) => type.name !== 'boolean')
    .slice(0, mostEqual)
    .map(({ name }) => ({ field: name }))
}

/** Whether a condition can be that of an index: one field or more beside constants, without “or”. */
function isConstant(where: unknown, object: ObjectModel): boolean {
  const { and } = (where ?? {}) as { and?: unknown }
  if (Array.isArray(and)) return and.every(part => isConstant(part, object))
  const [operator, args] = Object.entries(where as object)[0] ?? []
  const isComparison = operator !== undefined && ['==', '!=', 'in', '!'].includes(operator)
  const names = (Array.isArray(args) ? args : [args]).map(ownField)
  return isComparison && names.some(name => name !== undefined) && checkIndexCondition(where, object, '').issues.length === 0
}

function orderOf(
  sort: readonly { readonly field: string; readonly direction?: 'asc' | 'desc' | undefined }[] | undefined,
  object: ObjectModel,
): IndexField[] {
  const [first] = sort ?? []
  const field = columnField(first?.field, object)
  return field ? [{ field: field.name, direction: first?.direction ?? 'asc' }] : []
}
