import { describe, expect, it } from '@jest/globals'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { ChildModel } from '@tessera/platform/model/model.js'
import { addPanel, addTab, areasOf, movePanel, movePanelTo, pageRows, removePanel, writtenPage } from '../../studio/builder/edit-page.js'
import type { Children } from '../../studio/views/record/children.js'
import { groupsOf, type PanelPlan, pagePlan, withSideTabs } from '../../studio/views/record/page-plan.js'

const definitions = [
  {
    object: 'firm',
    plural: 'firms',
    label: 'Firm',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      stage: {
        type: 'select',
        label: 'Stage',
        options: [
          { value: 'a', kind: 'open' },
          { value: 'b', kind: 'won' },
        ],
      },
      size: { type: 'integer', label: 'Size' },
      notes: { type: 'longText', label: 'Notes' },
    },
  },
  {
    object: 'branch',
    plural: 'branches',
    label: 'Branch',
    fields: { name: { type: 'text' }, firm: { type: 'masterDetail', to: 'firm', inverse: 'branches', onDelete: 'cascade' } },
  },
  {
    object: 'deal',
    plural: 'deals',
    label: 'Deal',
    fields: {
      name: { type: 'text' },
      worth: { type: 'integer' },
      firm: { type: 'lookup', to: 'firm', inverse: 'deals', onDelete: 'setNull' },
    },
  },
  {
    report: 'worths',
    label: 'Worths',
    object: 'deal',
    groupBy: [{ field: 'name' }],
    measures: [{ name: 'total', sum: 'worth' }],
  },
]
const planOf = (page?: object) => {
  const { model, issues } = compileModel([...definitions, ...(page ? [page] : [])].flatMap(json => elementOf(json) ?? []))
  expect(issues).toEqual([])
  const { firm } = model.objects
  if (!firm) throw new Error('No object')
  const groups = Object.values(firm.children).map((child: ChildModel): Children => {
    const object = model.objects[child.object]
    if (!object) throw new Error('No child')
    return { child, object, fields: [], most: 5, orderBy: [], hasColumns: false }
  })
  return pagePlan(firm, model, groups)
}
const panelText = (panel: PanelPlan): string =>
  panel.show === 'list'
    ? `list ${panel.group.child.name}`
    : panel.show === 'fields'
      ? `fields ${panel.fields.map(({ name }) => name).join(' ')}`
      : panel.show === 'report'
        ? `report ${panel.report.name} by ${panel.by.name}`
        : `history ${panel.most ?? 'all'}`
const shown = ({ highlights, tabs, side }: ReturnType<typeof planOf>) => ({
  highlights: highlights.map(({ name }) => name).join(' '),
  tabs: tabs.map(({ key, panels }) => `${key}: ${panels.map(panelText).join(', ')}`),
  side: side.map(panelText),
})
const system = 'createdAt updatedAt createdBy updatedBy'

describe('the page of a record without a definition', () => {
  const usual = planOf()

  it('shows lines, details and history first, a tab for each kind of line, and what points at it at the right', () =>
    expect(shown(usual)).toEqual({
      highlights: 'size owner',
      tabs: [`overview: list branches, fields notes ${system}, history 6`, 'branches: list branches', 'history: history all'],
      side: ['list deals'],
    }))

  it('reads each list once, wherever it is shown', () =>
    expect(groupsOf(usual).map(({ child }) => child.name)).toEqual(['branches', 'deals']))

  it('gives what stands at the right tabs before the history where there is no room', () =>
    expect(withSideTabs(usual).map(({ key }) => key)).toEqual(['overview', 'branches', 'deals', 'history']))
})

describe('a page that is defined', () => {
  it('shows what it says, each field of the details only where it stands nowhere else', () =>
    expect(
      shown(
        planOf({
          page: 'firm',
          label: 'Firm',
          object: 'firm',
          highlights: ['stage'],
          tabs: [
            {
              tab: 'facts',
              label: 'Facts',
              panels: [
                { panel: 'all', show: 'details' },
                { panel: 'deals', show: 'list', list: 'deals' },
              ],
            },
            { tab: 'empty', label: 'Empty', panels: [] },
          ],
          side: [
            { panel: 'notes', show: 'fields', fields: ['notes'] },
            { panel: 'worths', show: 'report', report: 'worths', by: 'firm' },
          ],
        }),
      ),
    ).toEqual({
      highlights: 'stage',
      tabs: [`facts: fields size ${system} owner, list deals`],
      side: ['fields notes', 'report worths by firm'],
    }))

  it('is as usual in what it leaves out', () => {
    const { tabs, side } = shown(planOf({ page: 'firm', label: 'Firm', object: 'firm', highlights: ['notes'] }))
    expect(tabs).toEqual([
      `overview: list branches, fields size ${system} owner, history 6`,
      'branches: list branches',
      'history: history all',
    ])
    expect(side).toEqual(['list deals'])
  })
})

describe('designing a page', () => {
  const written = writtenPage('firm', 'Firm', 'firm', planOf(), { overview: 'Overview', history: 'History' })
  const areas = areasOf(written)
  const text = (list: typeof areas) => list.map(({ tab, panels }) => `${tab?.tab ?? 'side'}: ${panels.map(({ panel }) => panel).join(' ')}`)
  const rowOf = (id: string) => {
    const row = pageRows(areas).find(each => each.id === id)
    if (!row) throw new Error(`There is no row ${id}`)
    return row
  }

  it('begins with what is shown without a definition, each list once', () => {
    expect(text(areas)).toEqual(['overview: branches details history', 'history: history', 'side: deals'])
    expect(shown(planOf(written))).toEqual({
      highlights: 'size owner',
      tabs: [`overview: list branches, fields notes ${system}, history 6`, 'history: history all'],
      side: ['list deals'],
    })
  })

  it('moves a panel within its tab, to another one, and to the right', () => {
    expect(text(movePanel(areas, 'panel:history', 1))[0]).toBe('overview: history branches details')
    expect(text(movePanel(areas, 'panel:deals', 1))).toEqual(['overview: deals branches details history', 'history: history', 'side: '])
    expect(text(movePanelTo(areas, rowOf('panel:branches'), 2))).toEqual([
      'overview: details history',
      'history: history',
      'side: deals branches',
    ])
  })

  it('adds panels under names that are free, and tabs before the right side', () => {
    expect(text(addPanel(areas, 2, { panel: 'details', show: 'fields', fields: [] }))[2]).toBe('side: deals details2')
    expect(text(addTab(areas, 'More'))).toEqual(['overview: branches details history', 'history: history', 'tab: ', 'side: deals'])
  })

  it('removes a panel, or a tab with its panels', () => {
    expect(text(removePanel(areas, rowOf('panel:details')))[0]).toBe('overview: branches history')
    expect(text(removePanel(areas, rowOf('tab:overview')))).toEqual(['history: history', 'side: deals'])
  })
})
