import { describe, expect, it } from '@jest/globals'
import { type Elements, elementsOf } from '@tessera/platform/editing/elements.js'
import { removalOf } from '@tessera/platform/editing/removal.js'
import { strayOf, withoutStrays } from '@tessera/platform/editing/strays.js'
import { compileModel } from '@tessera/platform/model/compile.js'

const text = { type: 'text', label: 'Text' }
const elements = elementsOf([
  { object: 'firm', plural: 'firms', label: 'Firm', title: 'name', fields: { name: text } },
  {
    object: 'deal',
    plural: 'deals',
    label: 'Deal',
    title: 'name',
    fields: { name: text, firm: { type: 'lookup', label: 'Firm', to: 'firm', inverse: 'deals' } },
  },
  {
    object: 'note',
    plural: 'notes',
    label: 'Note',
    title: 'text',
    fields: { text, deal: { type: 'lookup', label: 'Deal', to: 'deal', inverse: 'notes' } },
  },
  { view: 'hot', label: 'Hot', object: 'deal', kind: 'list', columns: ['name'] },
  { view: 'all', label: 'All', object: 'deal', kind: 'list', columns: ['name'] },
  { report: 'byFirm', label: 'By firm', object: 'deal', groupBy: [{ field: 'firm' }], measures: [{ name: 'count', count: 'id' }] },
  { form: 'deal', label: 'Deal', object: 'deal', sections: [{ section: 'main', fields: ['name', 'firm'] }] },
  {
    page: 'firm',
    label: 'Firm',
    object: 'firm',
    tabs: [{ tab: 'more', label: 'More', panels: [{ panel: 'deals', show: 'list', list: 'deals', columns: ['name'] }] }],
    side: [
      { panel: 'past', show: 'history' },
      { panel: 'sum', show: 'report', report: 'byFirm', by: 'firm' },
    ],
  },
  {
    role: 'rep',
    label: 'Rep',
    grants: { deal: { actions: ['read'] }, firm: { actions: ['read'], fields: { deals: 'read' } } },
    restrict: { deal: { actions: ['delete'] } },
  },
  {
    navigation: 'sales',
    label: 'Sales',
    groups: [
      { group: 'one', label: 'One', items: [{ view: 'hot' }, { object: 'deal' }, { view: 'all' }, { object: 'firm' }] },
      { group: 'two', label: 'Two', items: [{ report: 'byFirm' }] },
    ],
  },
])
const issuesOf = (all: Elements) => compileModel(Object.values(all)).issues.map(({ code, path }) => `${code} ${path}`)
const definitionAt = (all: Elements, path: string) => all[path]?.definition as never as Record<string, { items: object[] }[]>
const removal = (path: string) => {
  const { taken, left, ...rest } = removalOf(elements, path)
  return { ...rest, taken: Object.fromEntries(taken), left: left.map(({ code, path: at }) => `${code} ${at}`) }
}

describe('removing a definition', () => {
  it('begins with sound definitions', () => expect(issuesOf(elements)).toEqual([]))

  it('takes the entries out that name it, and leaves nothing to solve', () => {
    const { elements: rest, taken, left, alone } = removal('views/hot')
    expect([taken, left]).toEqual([{ 'navigation/sales': 1 }, []])
    expect(definitionAt(rest, 'navigation/sales').groups?.[0]?.items).toEqual([{ object: 'deal' }, { view: 'all' }, { object: 'firm' }])
    expect(issuesOf(rest)).toEqual([])
    expect(issuesOf(alone)).toEqual(['ELEMENT_UNKNOWN navigation/sales/groups/0/items/0/view'])
  })

  it('takes the panel of a report out of pages', () => {
    const { elements: rest, taken, left } = removal('reports/byFirm')
    expect([taken, left]).toEqual([{ 'navigation/sales': 1, 'pages/firm': 1 }, []])
    expect(rest['pages/firm']?.definition.side).toEqual([{ panel: 'past', show: 'history' }])
  })

  it('takes what is nothing without an object with it, and tells what only somebody who knows can solve', () => {
    const { elements: rest, taken, left } = removal('objects/deal')
    expect(Object.keys(rest)).toEqual(['objects/firm', 'objects/note', 'pages/firm', 'roles/rep', 'navigation/sales'])
    expect(taken).toEqual({ 'navigation/sales': 4, 'pages/firm': 2, 'roles/rep': 2 })
    expect(left.sort()).toEqual(['OBJECT_UNKNOWN roles/rep/restrict/deal', 'RELATION_TARGET_UNKNOWN objects/note/fields/deal/to'])
    expect(rest['pages/firm']?.definition).toMatchObject({ tabs: [{ panels: [] }], side: [{ panel: 'past' }] })
    expect(rest['roles/rep']?.definition.grants).toEqual({ firm: { actions: ['read'], fields: {} } })
    expect(definitionAt(rest, 'navigation/sales').groups?.map(({ items }) => items)).toEqual([[{ object: 'firm' }], []])
  })

  it('leaves alone what was wrong before', () => {
    const page = elements['pages/firm']
    const broken = { ...elements, 'pages/firm': { ...page, definition: { ...page?.definition, highlights: ['nmae'] } } } as Elements
    const found = removalOf(broken, 'views/hot')
    expect([Object.fromEntries(found.taken), found.left]).toEqual([{ 'navigation/sales': 1 }, []])
    expect(issuesOf(found.elements)).toEqual(['FIELD_UNKNOWN pages/firm/highlights/0'])
  })
})

describe('an entry that leads nowhere', () => {
  const stray = (code: string, path: string) => strayOf({ code, path })?.place.join('/')

  it('is the whole of what is nothing without the missing name', () => {
    expect(stray('ELEMENT_UNKNOWN', 'navigation/sales/groups/0/items/2/view')).toBe('groups/0/items/2')
    expect(stray('LIST_UNKNOWN', 'pages/firm/tabs/0/panels/1/list')).toBe('tabs/0/panels/1')
    expect(stray('FIELD_UNKNOWN', 'pages/firm/side/1/sort/0/field')).toBe('side/1/sort/0')
    expect(stray('FIELD_UNKNOWN', 'views/hot/columns/3')).toBe('columns/3')
    expect(stray('FIELD_UNKNOWN', 'forms/deal/sections/0/fields/4')).toBe('sections/0/fields/4')
    expect(stray('FIELD_UNKNOWN', 'roles/rep/grants/firm/fields/gone')).toBe('grants/firm/fields/gone')
  })

  it('is none where something else would change: a rule, the object of a view, a relation, a restriction', () => {
    for (const [code, path] of [
      ['RULE_FIELD_UNKNOWN', 'forms/deal/sections/0/fields/4'],
      ['OBJECT_UNKNOWN', 'views/hot/object'],
      ['FIELD_UNKNOWN', 'pages/firm/side/1/by'],
      ['FIELD_UNKNOWN', 'reports/byFirm/groupBy/0/field'],
      ['RELATION_TARGET_UNKNOWN', 'objects/note/fields/deal/to'],
      ['FIELD_UNKNOWN', 'roles/rep/restrict/firm/fields/gone'],
      ['ELEMENT_UNKNOWN', 'forms/deal/roles/0'],
    ] as const)
      expect([path, stray(code, path)]).toEqual([path, undefined])
  })

  it('goes together with others of the same list, each once', () => {
    const strays = ['0/view', '2/view', '2/object'].flatMap(
      at => strayOf({ code: 'ELEMENT_UNKNOWN', path: `navigation/sales/groups/0/items/${at}` }) ?? [],
    )
    const rest = withoutStrays(elements, strays)
    expect(definitionAt(rest, 'navigation/sales').groups?.[0]?.items).toEqual([{ object: 'deal' }, { object: 'firm' }])
  })

  it('takes out what was meant, in whatever order the entries are told, also with others of other lists between', () => {
    const [form] = Object.values(
      elementsOf([
        { form: 'f', label: 'F', object: 'deal', sections: [{ section: 's', fields: ['a', 'b', 'c'] }], quick: ['x', 'y', 'z'] },
      ]),
    )
    if (!form) throw new Error('no form')
    const places = ['sections/0/fields/1', 'quick/2', 'sections/0/fields/0']
    const rest = withoutStrays(
      { 'forms/f': form },
      places.map(place => ({ element: 'forms/f', place: place.split('/') })),
    )
    expect(rest['forms/f']?.definition).toMatchObject({ sections: [{ fields: ['c'] }], quick: ['x', 'y'] })
  })
})
