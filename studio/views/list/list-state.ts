import type { ObjectModel, ViewModel } from '@tessera/platform/model/model.js'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useApp } from '../../api/app.js'
import { type Condition, readConditions, whereOf, writeConditions } from '../../fields/conditions.js'
import { orderByOf, readSorting, type Sorting, writeSorting } from './columns.js'
import { type Counted, countedIn } from './counted.js'

/** What a list page shows; all of it stands in the address. */
export interface ListState {
  readonly view: ViewModel | undefined
  /** The board that is shown in the place of the list, or would be: the one of the address, else the first. */
  readonly board: ViewModel | undefined
  readonly viewName: string
  /** The id of the saved view that is shown. */
  readonly saved: string | null
  /** Under which name a person's choice of columns is kept. */
  readonly columnsName: string
  readonly shape: 'list' | 'board'
  readonly search: string
  readonly conditions: readonly Condition[]
  /** The rollup whose records are shown, the rule that they break, or that they go back to the pool soon. */
  readonly counted: Counted | undefined
  readonly sorting: readonly Sorting[]
  readonly where: Readonly<Record<string, unknown>> | undefined
  readonly orderBy: readonly Record<string, unknown>[]
  /** The condition of the defined view alone, without what the person laid over it. */
  readonly isChanged: boolean
  readonly change: (change: ListChange) => void
}

export interface ListChange {
  readonly view?: string
  readonly shape?: 'list' | 'board'
  readonly board?: string
  readonly search?: string
  readonly conditions?: readonly Condition[]
  /** All records again, not those of a rollup or rule alone. */
  readonly counted?: undefined
  /** The member's records that go back to the pool soon, and no others. */
  readonly soon?: true
  readonly sorting?: readonly Sorting[] | undefined
}

/** The defined list views of an object, in their order. */
export function listViews(views: Readonly<Record<string, ViewModel>>, object: string, kind: 'list' | 'board' = 'list'): ViewModel[] {
  const order = (view: ViewModel) => view.definition.order ?? 500
  return Object.values(views)
    .filter(view => view.definition.object === object && view.definition.kind === kind)
    .sort((left, right) => order(left) - order(right))
}

function usualSorting(object: ObjectModel, view: ViewModel | undefined): readonly Sorting[] {
  const defined = view?.definition.sort ?? object.definition.sort
  return defined
    ? defined.map(({ field, direction }) => ({ field, direction: direction ?? 'asc' }))
    : [{ field: 'createdAt', direction: 'desc' }]
}

function setOrDrop(params: URLSearchParams, key: string, value: string | undefined): void {
  if (value) params.set(key, value)
  else params.delete(key)
}

const countedKeys = ['of', 'breaks', 'found', 'soon'] as const

function applied(params: URLSearchParams, change: ListChange): URLSearchParams {
  const next = new URLSearchParams(params)
  if (change.view !== undefined) {
    for (const key of ['f', 'sort', 'q', 'mine', ...countedKeys]) next.delete(key)
    next.set('view', change.view)
  }
  if (change.shape) setOrDrop(next, 'as', change.shape === 'board' ? 'board' : undefined)
  if (change.board !== undefined) setOrDrop(next, 'board', change.board)
  if (change.search !== undefined) setOrDrop(next, 'q', change.search)
  if (change.conditions) setOrDrop(next, 'f', writeConditions(change.conditions))
  if ('counted' in change || change.soon) for (const key of countedKeys) next.delete(key)
  if (change.soon) next.set('soon', 'yes')
  if ('sorting' in change) setOrDrop(next, 'sort', change.sorting && writeSorting(change.sorting))
  return next
}

/** The state of a list page out of its address, and the way to change it. */
export function useListState(object: ObjectModel): ListState {
  const { model } = useApp()
  const [params, setParams] = useSearchParams()
  return useMemo(() => {
    const views = listViews(model.views, object.name)
    const view = views.find(each => each.name === params.get('view')) ?? views[0]
    const shape = params.get('as') === 'board' ? 'board' : 'list'
    const boards = listViews(model.views, object.name, 'board')
    const board = boards.find(each => each.name === params.get('board')) ?? boards[0]
    const drawn = shape === 'board' ? board : undefined
    const conditions = readConditions(params.get('f'), object)
    const counted = countedIn(params, object, model)
    const sorting = readSorting(params.get('sort'), object) ?? usualSorting(object, drawn?.definition.sort ? drawn : view)
    return {
      view,
      board,
      viewName: view?.name ?? 'all',
      saved: params.get('mine'),
      columnsName: params.get('mine') ?? view?.name ?? 'all',
      shape,
      search: params.get('q') ?? '',
      conditions,
      counted,
      sorting,
      where: whereOf(object, conditions, [view?.definition.where, drawn?.definition.where, counted?.rule]),
      orderBy: orderByOf(object, sorting, model.objects),
      isChanged: params.has('f') || params.has('sort') || counted !== undefined,
      change: (change: ListChange) =>
        setParams(before => applied(before, change), { replace: change.view === undefined && change.shape === undefined }),
    }
  }, [model, object, params, setParams])
}
