import type { Model, ObjectModel } from '../model/model.js'
import { fieldNamed } from '../model/scope.js'
import { lookup } from '../registry.js'
import { columnField, equalNames, type ListShape } from '../tables/list-shape.js'
import type { Bound, Choice, ListPlan, OrderKey, ReadPlan, RecordPlan, Where } from './plan.js'

type Filter = ListShape['filters'][number]
type Order = ListShape['order'][number]

const mostFilters = 6
const mostOrder = 2

/** What a read asks of indexes: the shape of each of its lists, once, those within records too. */
export function shapesOf({ roots }: ReadPlan, { objects }: Model): ListShape[] {
  const found = new Map<string, ListShape>()
  const add = (choice: Choice, order: readonly OrderKey[], parent: readonly Filter[]) => {
    const shape = shapeOf(choice, order, parent, objects)
    if (shape) found.set(JSON.stringify(shape), shape)
  }
  const list = (plan: ListPlan, parent: readonly Filter[]): void => {
    add(plan, plan.order, parent)
    for (const output of plan.outputs) {
      if (output.show === 'nodes') record(output.record)
      else if (output.show === 'edges') for (const edge of output.outputs) if (edge.show === 'node') record(edge.record)
    }
  }
  const record = ({ object, outputs }: RecordPlan): void => {
    for (const output of outputs) {
      if (output.kind === 'one') record(output.record)
      else if (output.kind === 'any') output.records.forEach(record)
      else if (output.kind === 'many') {
        const child = lookup(lookup(objects, object)?.children ?? {}, output.child)
        list(output.list, child && !child.through ? [[child.field, 'eq']] : [])
      }
    }
  }
  for (const root of roots) {
    if (root.kind === 'list') list(root.list, [])
    else if (root.kind === 'one') record(root.one.record)
    else if (root.kind === 'aggregate') add(root.aggregate, [], [])
  }
  return [...found.values()]
}

/** Null for what no index of lists serves: what is deleted, and lists of everything in no order. */
function shapeOf(
  { object, where, deleted }: Choice,
  order: readonly OrderKey[],
  parent: readonly Filter[],
  objects: Model['objects'],
): ListShape | null {
  const model = lookup(objects, object)
  if (!model || deleted !== 'NO') return null
  const all = [...parent, ...(where ? filtersOf(where, model) : [])].filter(
    ([field]) => field === 'id' || columnField(field, model) !== null,
  )
  const once = new Map(all.map(filter => [filter.join(' '), filter]))
  const filters = [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, filter]) => filter)
  const ordered = orderOf(order, model)
  if (filters.length + ordered.length === 0) return null
  return { object, filters: filters.slice(0, mostFilters), order: ordered }
}

/** What holds in every record that a filter lets through; under “or” and “not” nothing does for sure. */
function filtersOf(where: Where, object: ObjectModel): Filter[] {
  return Object.entries(where).flatMap(([key, inner]): Filter[] => {
    if (key === 'and') return (inner as readonly Where[]).flatMap(part => filtersOf(part, object))
    if (key === 'or' || key === 'not') return []
    if (key === 'rule') return equalNames((inner as { readonly rule: unknown }).rule).map(name => [name, 'eq'])
    const field = lookup(object.children, key) ? null : fieldNamed(object, key)
    if (!field) return []
    // records at the end of a relation are told by what they hold, members by their id
    const isBehind = key === field.name && (field.relation !== null || field.targets !== undefined)
    const operators = isBehind ? (field.relation?.to === null ? (inner as { readonly id?: object }).id : undefined) : inner
    return Object.entries(operators ?? {}).map(([operator, bound]) => [field.name, (bound as Bound).isNull ? `${operator} null` : operator])
  })
}

/** Up to the first key that stands in no column of the records themselves, or that has empty values first. */
function orderOf(order: readonly OrderKey[], object: ObjectModel): Order[] {
  const keys = order.map(({ path, direction }): Order | null => {
    const field = path.length === 1 ? fieldNamed(object, path[0] ?? '') : null
    if (!field || !columnField(field.name, object) || direction.endsWith('NULLS_FIRST')) return null
    return [field.name, direction === 'DESC' ? 'desc' : 'asc']
  })
  const end = keys.indexOf(null)
  return keys.slice(0, end < 0 ? mostOrder : Math.min(end, mostOrder)).filter(key => key !== null)
}
