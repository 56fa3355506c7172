import { describe, expect, it } from '@jest/globals'
import { elementsOf } from '../../platform/editing/elements.js'
import {
  addGroup,
  addItem,
  addNavigation,
  changeItem,
  freeNavigationName,
  leadsTo,
  moveRow,
  moveToGroup,
  type NavigationGroup,
  navigationDefinition,
  navigationRows,
  orderNavigations,
  removeRow,
} from '../../studio/builder/edit-navigation.js'

const groups: readonly NavigationGroup[] = [
  { group: 'sales', label: 'Sales', items: [{ object: 'lead' }, { object: 'deal' }, { view: 'hot' }] },
  { group: 'insight', label: 'Insight', items: [{ report: 'pipeline' }] },
]
const shown = (list: readonly NavigationGroup[]) => list.map(({ group, items }) => `${group}: ${items.map(leadsTo).join(' ')}`)
const row = (id: string) => {
  const found = navigationRows({ groups }).find(each => each.id === id)
  if (!found) throw new Error(`There is no row ${id}`)
  return found
}

describe('a navigation as rows', () => {
  it('has each group before its entries, known by what they are', () =>
    expect(navigationRows({ groups }).map(({ id }) => id)).toEqual([
      'group:sales',
      'object:lead',
      'object:deal',
      'view:hot',
      'group:insight',
      'report:pipeline',
    ]))

  it('tells entries apart that lead to the same', () =>
    expect(navigationRows({ groups: addItem(groups, 1, { object: 'lead' }) }).at(-1)?.id).toBe('object:lead#2'))
})

describe('moving a row', () => {
  it('moves an entry within its group', () =>
    expect(shown(moveRow(groups, 'object:lead', 2))).toEqual(['sales: object:deal object:lead view:hot', 'insight: report:pipeline']))

  it('moves an entry below another group when it passes its heading', () => {
    expect(shown(moveRow(groups, 'view:hot', 4))).toEqual(['sales: object:lead object:deal', 'insight: view:hot report:pipeline'])
    expect(shown(moveRow(groups, 'report:pipeline', 4))).toEqual(['sales: object:lead object:deal view:hot report:pipeline', 'insight: '])
  })

  it('lets nothing stand above the first group', () =>
    expect(shown(moveRow(groups, 'view:hot', 0))[0]).toBe('sales: view:hot object:lead object:deal'))

  it('moves a group with its entries', () =>
    expect(shown(moveRow(groups, 'group:insight', 0))).toEqual(['insight: report:pipeline', 'sales: object:lead object:deal view:hot']))

  it('leaves a group where it is when it is dropped on its own entries, and does nothing for an unknown row', () => {
    expect(shown(moveRow(groups, 'group:sales', 2))).toEqual(shown(groups))
    expect(shown(moveRow(groups, 'object:gone', 2))).toEqual(shown(groups))
  })

  it('has a twin in a menu, for the keyboard', () =>
    expect(shown(moveToGroup(groups, row('object:lead'), 1))).toEqual([
      'sales: object:deal view:hot',
      'insight: report:pipeline object:lead',
    ]))
})

describe('changing a navigation', () => {
  it('gives an entry a label and takes it away', () => {
    const labelled = changeItem(groups, row('view:hot'), { label: 'Now', icon: 'flame' })
    expect(labelled[0]?.items[2]).toEqual({ view: 'hot', label: 'Now', icon: 'flame' })
    expect(changeItem(labelled, row('view:hot'), { label: undefined })[0]?.items[2]).toEqual({ view: 'hot', icon: 'flame' })
  })

  it('removes an entry, or a group with its entries', () => {
    expect(shown(removeRow(groups, row('object:deal')))[0]).toBe('sales: object:lead view:hot')
    expect(shown(removeRow(groups, row('group:sales')))).toEqual(['insight: report:pipeline'])
  })

  it('adds a group under a name that is free', () =>
    expect(addGroup(addGroup(groups, 'sales', 'More'), 'sales', 'Still more').map(({ group }) => group)).toEqual([
      'sales',
      'insight',
      'sales2',
      'sales3',
    ]))
})

describe('several navigations', () => {
  const elements = elementsOf([
    { navigation: 'sales', label: 'Sales', groups },
    { navigation: 'service', label: 'Service', order: 2, groups: [] },
  ])

  it('are added with a group to fill, under a name that is free and no address of the product', () => {
    expect(freeNavigationName(elements, 'sales')).toBe('sales2')
    expect(freeNavigationName(elements, 'studio')).toBe('studio2')
    const added = addNavigation(elements, 'stock', { en: 'Stock' })
    expect(navigationDefinition(added, 'stock')).toEqual({
      navigation: 'stock',
      label: { en: 'Stock' },
      groups: [{ group: 'main', label: { en: 'Stock' }, items: [] }],
    })
  })

  it('are put in an order, and what stands there already is left as it is', () => {
    const ordered = orderNavigations(elements, ['sales', 'service'])
    expect(navigationDefinition(ordered, 'sales')?.order).toBe(1)
    expect(ordered['navigation/service']).toBe(elements['navigation/service'])
  })
})
