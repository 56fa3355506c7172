import type { ViewDefinition } from '@tessera/platform/definitions/view.js'
import type { Elements, Json } from '@tessera/platform/editing/elements.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { changeElement, moved } from './edit-element.js'

/** A column of a view: a field, and its width where the view says one. */
export interface ViewColumn {
  readonly field: string
  readonly width?: number | undefined
}

/** How a view is ordered, first to last. */
export type ViewSort = NonNullable<ViewDefinition['sort']>[number]

const pathOf = (name: string): string => `views/${name}`

/** A view as its definition says it; undefined when there is none of this name. */
export const viewDefinition = (elements: Elements, name: string): ViewDefinition | undefined =>
  lookup(elements, pathOf(name))?.definition as unknown as ViewDefinition | undefined

/** Changes properties of a view; undefined takes a property away. */
export const changeView = (elements: Elements, name: string, change: Json): Elements => changeElement(elements, pathOf(name), change)

/** The fields that a list shows when its view names none, and the one that is always its first column. */
export interface UsualColumns {
  readonly title: string
  readonly fields: readonly string[]
}

/** The columns of a view as a list draws them: the title first, then as it says, or the usual ones. */
export function viewColumns({ columns }: Pick<ViewDefinition, 'columns'>, usual: UsualColumns): readonly ViewColumn[] {
  const named = (columns ?? usual.fields).map(column => (typeof column === 'string' ? { field: column } : column))
  const title = named.find(({ field }) => field === usual.title) ?? { field: usual.title }
  return [title, ...named.filter(({ field }) => field !== usual.title)]
}

/** Changes the columns of a view; one without a width of its own is written by its name. */
export function changeColumns(
  elements: Elements,
  name: string,
  usual: UsualColumns,
  change: (columns: readonly ViewColumn[]) => readonly ViewColumn[],
): Elements {
  const view = viewDefinition(elements, name)
  if (!view) return elements
  const columns = change(viewColumns(view, usual)).map(({ field, width }) => (width === undefined ? field : { field, width }))
  return changeView(elements, name, { columns })
}

/** Changes the order of a view; one that is empty is none. */
export function changeSort(elements: Elements, name: string, change: (sort: readonly ViewSort[]) => readonly ViewSort[]): Elements {
  const view = viewDefinition(elements, name)
  if (!view) return elements
  const sort = change(view.sort ?? [])
  return changeView(elements, name, { sort: sort.length > 0 ? sort : undefined })
}

/** Changes what the cards of a board show. */
export function changeCards(elements: Elements, name: string, change: Partial<NonNullable<ViewDefinition['cards']>>): Elements {
  const { value, ...cards } = { fields: [], ...viewDefinition(elements, name)?.cards, ...change }
  return changeView(elements, name, { cards: value === undefined ? cards : { ...cards, value } })
}

/** What a list takes for the place of a view that says none. */
const usualPlace = 500

/** The views of an object and shape in the order in which they are offered. */
export function viewsInOrder(elements: Elements, object: string, kind: ViewDefinition['kind']): readonly ViewDefinition[] {
  return Object.values(elements)
    .filter(element => element.kind === 'view' && element.definition.object === object && element.definition.kind === kind)
    .map(element => element.definition as unknown as ViewDefinition)
    .sort((left, right) => (left.order ?? usualPlace) - (right.order ?? usualPlace))
}

/** Puts a view at another place among those of its object: between its neighbours where there is room, else all are numbered anew. */
export function placeView(elements: Elements, name: string, to: number): Elements {
  const view = viewDefinition(elements, name)
  if (!view) return elements
  const present = viewsInOrder(elements, view.object, view.kind)
  const from = present.findIndex(({ view: other }) => other === name)
  if (from === to || present[to] === undefined) return elements
  const views = moved(present, from, to)
  const before = to === 0 ? -1 : (views[to - 1]?.order ?? usualPlace)
  const after = to === views.length - 1 ? 1001 : (views[to + 1]?.order ?? usualPlace)
  const between = to === views.length - 1 ? Math.min(before + 1, 1000) : Math.floor((before + after) / 2)
  if (between > before && between < after) return changeView(elements, name, { order: between })
  return views.reduce((changed, each, at) => changeView(changed, each.view, { order: Math.min(at + 1, 1000) }), elements)
}

/** What a new view is made of. */
export interface NewView {
  readonly label: Label
  readonly object: string
  readonly kind: ViewDefinition['kind']
  /** The columns of a list or the fields on cards. */
  readonly fields: readonly string[]
  /** The choice whose options are the columns of a board. */
  readonly groupBy?: string | undefined
}

/** Adds a view. */
export function addView(elements: Elements, name: string, { label, object, kind, fields, groupBy }: NewView): Elements {
  const cards = { ...(groupBy === undefined ? {} : { groupBy }), cards: { fields: fields.slice(0, 6) } }
  const definition = { view: name, label, object, kind, ...(kind === 'list' ? { columns: fields } : cards) }
  return { ...elements, [pathOf(name)]: { kind: 'view', name, definition } }
}
