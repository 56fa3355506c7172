import { describe, expect, it } from '@jest/globals'
import { narrowDefinitions } from '../../platform/access/narrow-definitions.js'
import { profileOf } from '../../platform/access/profile.js'
import { elementOf } from '../../platform/definitions/index.js'
import type { PageDefinition } from '../../platform/definitions/page.js'
import { elementsOf } from '../../platform/editing/elements.js'
import { removeField, renameField } from '../../platform/editing/fields.js'
import { mergeThree } from '../../platform/editing/three-way.js'
import { wordsOf } from '../../platform/model/change-words.js'
import { changesOf } from '../../platform/model/changes.js'
import { compileModel } from '../../platform/model/compile.js'

const firm = {
  object: 'firm',
  plural: 'firms',
  label: 'Firm',
  title: 'name',
  fields: { name: { type: 'text', label: 'Name' }, size: { type: 'integer', label: 'Size' }, phone: { type: 'phone', label: 'Phone' } },
}
const deal = {
  object: 'deal',
  plural: 'deals',
  label: 'Deal',
  title: 'name',
  fields: {
    name: { type: 'text', label: 'Name' },
    worth: { type: 'integer', label: 'Worth' },
    size: { type: 'integer', label: 'Size' },
    firm: { type: 'lookup', label: 'Firm', to: 'firm', inverse: 'deals', onDelete: 'setNull' },
  },
}
const report = {
  report: 'worths',
  label: 'Worths',
  object: 'deal',
  groupBy: [{ field: 'name' }],
  measures: [{ name: 'total', sum: 'worth' }],
}
const page = {
  page: 'firm',
  label: 'Firm',
  object: 'firm',
  highlights: ['size', 'phone'],
  tabs: [
    {
      tab: 'overview',
      label: 'Overview',
      panels: [
        { panel: 'facts', show: 'fields', fields: ['size'] },
        {
          panel: 'deals',
          show: 'list',
          list: 'deals',
          columns: ['worth', 'size'],
          sort: [{ field: 'worth', direction: 'desc' }],
          most: 10,
        },
        { panel: 'rest', show: 'details' },
      ],
    },
    { tab: 'history', label: 'History', panels: [{ panel: 'history', show: 'history' }] },
  ],
  side: [{ panel: 'worths', show: 'report', report: 'worths', by: 'firm' }],
} satisfies PageDefinition
const roles = [
  { role: 'all', label: 'All', grants: { '*': { actions: ['read'] } } },
  { role: 'few', label: 'Few', grants: { firm: { actions: ['read'], fields: { phone: 'hidden' } } } },
  { role: 'some', label: 'Some', grants: { firm: { actions: ['read'] }, deal: { actions: ['read'], fields: { worth: 'hidden' } } } },
]
const documents = (own: object = page) => [firm, deal, report, own, ...roles]
const compiled = (...own: readonly object[]) => compileModel([firm, deal, report, ...own].flatMap(json => elementOf(json) ?? []))
const issuesOf = (own: object) => compiled({ ...page, ...own }).issues.map(({ code, path }) => [code, path])
const panelIssues = (panel: object) => issuesOf({ tabs: [], side: [{ panel: 'one', ...panel }] })

describe('the page of a record', () => {
  it('is sound where everything that it shows is there', () => expect(compiled(page).issues).toEqual([]))

  it('names fields, lists and reports that exist', () => {
    expect(issuesOf({ object: 'firn' })).toEqual([['OBJECT_UNKNOWN', 'pages/firm/object']])
    expect(issuesOf({ highlights: ['sise'] })).toEqual([['FIELD_UNKNOWN', 'pages/firm/highlights/0']])
    expect(panelIssues({ show: 'fields', fields: ['sise'] })).toEqual([['FIELD_UNKNOWN', 'pages/firm/side/0/fields/0']])
    expect(panelIssues({ show: 'list', list: 'orders' })).toEqual([['LIST_UNKNOWN', 'pages/firm/side/0/list']])
    expect(panelIssues({ show: 'list', list: 'deals', columns: ['phone'], sort: [{ field: 'phone' }] })).toEqual([
      ['FIELD_UNKNOWN', 'pages/firm/side/0/columns/0'],
      ['FIELD_UNKNOWN', 'pages/firm/side/0/sort/0/field'],
    ])
    expect(panelIssues({ show: 'report', report: 'worth', by: 'firm' })).toEqual([['ELEMENT_UNKNOWN', 'pages/firm/side/0/report']])
  })

  it('finds the records of a report by a relation that points at it', () => {
    expect(panelIssues({ show: 'report', report: 'worths', by: 'worth' })).toEqual([['PANEL_ASTRAY', 'pages/firm/side/0/by']])
    expect(panelIssues({ show: 'report', report: 'worths' })).toEqual([['PROPERTY_MISSING', 'pages/firm/side/0/by']])
  })

  it('says of a panel what it shows and nothing else', () => {
    expect(panelIssues({ show: 'list' })).toEqual([['PROPERTY_MISSING', 'pages/firm/side/0/list']])
    expect(panelIssues({ show: 'history', list: 'deals' })).toEqual([['PANEL_UNFIT', 'pages/firm/side/0/list']])
  })

  it('shows a list and the details once, and is the only page of its object', () => {
    const twice = { show: 'list', list: 'deals' }
    expect(
      issuesOf({
        tabs: [],
        side: [
          { panel: 'one', ...twice },
          { panel: 'two', ...twice },
        ],
      }),
    ).toEqual([['PANEL_DOUBLE', 'pages/firm/side/1']])
    expect(compiled(page, { page: 'other', label: 'Other', object: 'firm' }).issues.map(({ code, path }) => [code, path])).toEqual([
      ['PAGE_DOUBLE', 'pages/other/object'],
    ])
  })
})

describe('a page as somebody sees it', () => {
  const all = documents().flatMap(json => elementOf(json) ?? [])
  const { model } = compileModel(all)
  const seenBy = (role: string) =>
    narrowDefinitions(all, profileOf([role], model), [role]).find(definition => Object.hasOwn(definition, 'page')) as
      | PageDefinition
      | undefined

  it('is whole for whoever reads everything', () => expect(seenBy('all')).toEqual(page))

  it('is without hidden fields, lists of objects that may not be read, and their reports', () =>
    expect(seenBy('few')).toEqual({
      ...page,
      highlights: ['size'],
      tabs: [
        {
          tab: 'overview',
          label: 'Overview',
          panels: [
            { panel: 'facts', show: 'fields', fields: ['size'] },
            { panel: 'rest', show: 'details' },
          ],
        },
        page.tabs[1],
      ],
      side: [],
    }))

  it('is without hidden columns, orders by them, and reports over them', () => {
    const seen = seenBy('some')
    expect(seen?.tabs?.[0]?.panels[1]).toEqual({ panel: 'deals', show: 'list', list: 'deals', columns: ['size'], sort: [], most: 10 })
    expect(seen?.side).toEqual([])
    expect(JSON.stringify(seen)).not.toContain('worth')
  })

  it('is not there for whoever may not read the object', () => expect(seenBy('none')).toBeUndefined())
})

describe('a page when fields change', () => {
  const elements = elementsOf(documents())
  const pageIn = (changed: typeof elements) => changed['pages/firm']?.definition as unknown as PageDefinition

  it('follows a rename in the object that the name is of', () => {
    const renamed = pageIn(renameField(elements, 'deal', 'size', 'volume', false))
    expect(renamed.tabs?.[0]?.panels[1]?.columns).toEqual(['worth', 'volume'])
    expect(renamed.highlights).toEqual(['size', 'phone'])
    const own = pageIn(renameField(elements, 'firm', 'size', 'people', false))
    expect(own.highlights).toEqual(['people', 'phone'])
    expect(own.tabs?.[0]?.panels[1]?.columns).toEqual(['worth', 'size'])
  })

  it('loses a field that is removed', () => {
    const removed = pageIn(removeField(elements, 'deal', 'worth'))
    expect(removed.tabs?.[0]?.panels[1]).toMatchObject({ columns: ['size'], sort: [] })
    expect(pageIn(removeField(elements, 'firm', 'size')).tabs?.[0]?.panels[0]?.fields).toEqual([])
  })

  it('is brought together panel by panel when two change it', () => {
    const [overview, history] = page.tabs
    const changed = (panels: object[]) => elementsOf(documents({ ...page, tabs: [{ ...overview, panels }, history] }))
    const [facts, deals, rest] = overview?.panels ?? []
    const { elements: merged, conflicts } = mergeThree(
      elements,
      changed([{ ...facts, label: 'Facts' }, { ...deals }, { ...rest }]),
      changed([{ ...facts }, { ...deals, most: 20 }, { ...rest }]),
    )
    expect(conflicts).toEqual([])
    expect(pageIn(merged).tabs?.[0]?.panels).toEqual([{ ...facts, label: 'Facts' }, { ...deals, most: 20 }, rest])
  })

  it('is told in words when it is published', () => {
    const [before, now] = [compiled(page).model, compiled({ ...page, highlights: ['phone'] }).model]
    expect(changesOf(before, now).map(change => wordsOf(change, now))).toEqual([
      { en: 'Changed: fields at the left: removed “Size”.', 'zh-CN': '修改：左侧字段：移除「Size」。' },
    ])
  })
})
