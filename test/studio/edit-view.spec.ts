import { describe, expect, it } from '@jest/globals'
import type { Elements } from '@tessera/platform/editing/elements.js'
import {
  addView,
  changeCards,
  changeColumns,
  changeSort,
  changeView,
  placeView,
  viewColumns,
  viewDefinition,
  viewsInOrder,
} from '../../studio/builder/edit-view.js'

const usual = { title: 'name', fields: ['name', 'stage', 'amount'] }
const withViews = (...views: readonly object[]): Elements =>
  Object.fromEntries(
    views.map(more => {
      const definition = { view: 'all', label: 'All', object: 'deal', kind: 'list', ...more }
      return [`views/${definition.view}`, { kind: 'view', name: definition.view, definition }]
    }),
  )
const viewIn = (elements: Elements, name = 'all') => viewDefinition(elements, name)

describe('the columns of a view', () => {
  it('begin with the title, whether the view names it or not', () => {
    expect(viewColumns({ columns: ['amount'] }, usual)).toEqual([{ field: 'name' }, { field: 'amount' }])
    expect(viewColumns({ columns: ['amount', { field: 'name', width: 200 }] }, usual)).toEqual([
      { field: 'name', width: 200 },
      { field: 'amount' },
    ])
  })

  it('are the usual ones until somebody changes them', () => {
    const changed = changeColumns(withViews({}), 'all', usual, columns => columns.filter(({ field }) => field !== 'stage'))
    expect(viewIn(changed)?.columns).toEqual(['name', 'amount'])
  })

  it('say a width only where there is one', () => {
    const wide = changeColumns(withViews({ columns: ['name', 'stage'] }), 'all', usual, columns =>
      columns.map(column => (column.field === 'stage' ? { field: 'stage', width: 140 } : column)),
    )
    expect(viewIn(wide)?.columns).toEqual(['name', { field: 'stage', width: 140 }])
    const auto = changeColumns(wide, 'all', usual, columns => columns.map(({ field }) => ({ field })))
    expect(viewIn(auto)?.columns).toEqual(['name', 'stage'])
  })
})

describe('what else a view says', () => {
  it('loses what is taken away', () => {
    const filtered = changeView(withViews({ where: { var: 'isHot' } }), 'all', { where: undefined })
    expect(viewIn(filtered)).not.toHaveProperty('where')
    const sorted = withViews({ sort: [{ field: 'amount' }] })
    expect(viewIn(changeSort(sorted, 'all', () => []))).not.toHaveProperty('sort')
  })

  it('keeps the fields of cards when their sum changes, and the other way round', () => {
    const board = withViews({ kind: 'board', cards: { fields: ['customer'] } })
    const summed = changeCards(board, 'all', { value: 'amount' })
    expect(viewIn(summed)?.cards).toEqual({ fields: ['customer'], value: 'amount' })
    expect(viewIn(changeCards(summed, 'all', { value: undefined }))?.cards).toEqual({ fields: ['customer'] })
    expect(viewIn(changeCards(withViews({ kind: 'board' }), 'all', { value: 'amount' }))?.cards).toEqual({ fields: [], value: 'amount' })
  })

  it('leaves other views and unknown names as they are', () => {
    const elements = withViews({})
    expect(changeView(elements, 'other', { order: 1 })).toBe(elements)
    expect(changeColumns(elements, '__proto__', usual, columns => columns)).toBe(elements)
  })
})

describe('the order of views', () => {
  const three = withViews({ order: 10 }, { view: 'mine', order: 20 }, { view: 'late', order: 30 })
  const names = (elements: Elements) => viewsInOrder(elements, 'deal', 'list').map(({ view }) => view)

  it('changes one view alone where there is room between its neighbours', () => {
    const placed = placeView(three, 'late', 1)
    expect(names(placed)).toEqual(['all', 'late', 'mine'])
    expect(placed['views/all']).toBe(three['views/all'])
    expect(viewIn(placed, 'late')?.order).toBe(15)
  })

  it('goes to the front and to the end', () => {
    expect(names(placeView(three, 'late', 0))).toEqual(['late', 'all', 'mine'])
    expect(names(placeView(three, 'all', 2))).toEqual(['mine', 'late', 'all'])
  })

  it('numbers all views anew where there is no room', () => {
    const close = withViews({ order: 1 }, { view: 'mine', order: 2 }, { view: 'late' })
    const placed = placeView(close, 'late', 1)
    expect(names(placed)).toEqual(['all', 'late', 'mine'])
    expect(names(placeView(withViews({}, { view: 'mine' }), 'mine', 0))).toEqual(['mine', 'all'])
  })

  it('is of lists and boards apart, and of each object', () => {
    const board = withViews({ view: 'board', kind: 'board' }, { view: 'other', object: 'firm' })
    expect(names({ ...three, ...board })).toEqual(['all', 'mine', 'late'])
  })
})

describe('a new view', () => {
  const made = { label: 'Hot', object: 'deal', fields: ['name', 'stage'] }
  it('is a list of columns', () =>
    expect(viewIn(addView({}, 'hot', { ...made, kind: 'list' }), 'hot')).toEqual({
      view: 'hot',
      label: 'Hot',
      object: 'deal',
      kind: 'list',
      columns: ['name', 'stage'],
    }))
  it('is a board of cards', () =>
    expect(viewIn(addView({}, 'hot', { ...made, kind: 'board', groupBy: 'stage' }), 'hot')).toEqual({
      view: 'hot',
      label: 'Hot',
      object: 'deal',
      kind: 'board',
      groupBy: 'stage',
      cards: { fields: ['name', 'stage'] },
    }))
})
