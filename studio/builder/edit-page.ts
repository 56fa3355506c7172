import type { PageDefinition, PanelDefinition } from '@tessera/platform/definitions/page.js'
import type { Elements, Json } from '@tessera/platform/editing/elements.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import type { PagePlan, PanelPlan } from '../views/record/page-plan.js'
import { changeElement } from './edit-element.js'
import { arranged, type GroupedRow, groupedRows } from './grouped-rows.js'

const pathOf = (name: string): string => `pages/${name}`

/** A tab of a page with its panels, or those at the right, which have no tab. */
export interface PageArea {
  readonly tab: { readonly tab: string; readonly label: Label } | null
  readonly panels: readonly PanelDefinition[]
}

/** A page as its definition says it; undefined when there is none of this name. */
export const pageDefinition = (elements: Elements, name: string): PageDefinition | undefined =>
  lookup(elements, pathOf(name))?.definition as unknown as PageDefinition | undefined

/** Changes properties of a page; undefined takes a property away. */
export const changePage = (elements: Elements, name: string, change: Json): Elements => changeElement(elements, pathOf(name), change)

/** The tabs of a page, then what stands at the right. */
export const areasOf = ({ tabs = [], side = [] }: Pick<PageDefinition, 'tabs' | 'side'>): readonly PageArea[] => [
  ...tabs.map(({ tab, label, panels }) => ({ tab: { tab, label }, panels })),
  { tab: null, panels: side },
]

/** Changes the areas of a page; the right side stays the last. */
export function changeAreas(elements: Elements, name: string, change: (areas: readonly PageArea[]) => readonly PageArea[]): Elements {
  const page = pageDefinition(elements, name)
  if (!page) return elements
  const areas = change(areasOf(page))
  const tabs = areas.flatMap(({ tab, panels }) => (tab ? [{ ...tab, panels }] : []))
  return changePage(elements, name, { tabs, side: areas.flatMap(({ tab, panels }) => (tab ? [] : panels)) })
}

/** The areas and their panels as one list. */
export const pageRows = (areas: readonly PageArea[]): readonly GroupedRow[] =>
  groupedRows(areas.map(({ tab, panels }) => ({ id: tab ? `tab:${tab.tab}` : 'side', items: panels.map(({ panel }) => `panel:${panel}`) })))

/** The areas with one row at another place among all rows. */
export const movePanel = (areas: readonly PageArea[], id: string, to: number): readonly PageArea[] =>
  arranged(pageRows(areas), id, to).flatMap(({ group, items }) => {
    const area = areas[group]
    return area ? [{ ...area, panels: items.flatMap(item => areas[item.group]?.panels[item.at] ?? []) }] : []
  })

const changeArea = (areas: readonly PageArea[], at: number, change: (area: PageArea) => PageArea): readonly PageArea[] =>
  areas.map((area, index) => (index === at ? change(area) : area))

/** The areas with a panel at the end of one of them, under a name that no panel has. */
export function addPanel(areas: readonly PageArea[], area: number, panel: PanelDefinition): readonly PageArea[] {
  const taken = new Set(areas.flatMap(({ panels }) => panels.map(each => each.panel)))
  let name = panel.panel
  for (let attempt = 2; taken.has(name); attempt++) name = `${panel.panel.slice(0, 37)}${attempt}`
  return changeArea(areas, area, each => ({ ...each, panels: [...each.panels, { ...panel, panel: name }] }))
}

/** The areas with a panel changed; undefined takes a property away. */
export const changePanel = (areas: readonly PageArea[], { group, at }: GroupedRow, change: Partial<PanelDefinition>): readonly PageArea[] =>
  changeArea(areas, group, area => ({
    ...area,
    panels: area.panels.map((panel, index) =>
      index === at
        ? (Object.fromEntries(
            Object.entries({ ...panel, ...change }).filter(([, value]) => value !== undefined),
          ) as unknown as PanelDefinition)
        : panel,
    ),
  }))

/** The areas with a tab called otherwise. */
export const labelTab = (areas: readonly PageArea[], at: number, label: Label): readonly PageArea[] =>
  changeArea(areas, at, area => (area.tab ? { ...area, tab: { ...area.tab, label } } : area))

/** The areas without a row; a tab goes with its panels. */
export const removePanel = (areas: readonly PageArea[], { group, at }: GroupedRow): readonly PageArea[] =>
  at === null
    ? areas.filter((_, index) => index !== group)
    : changeArea(areas, group, area => ({ ...area, panels: area.panels.filter((_, index) => index !== at) }))

/** The areas with a panel at the end of another one. */
export function movePanelTo(areas: readonly PageArea[], row: GroupedRow, to: number): readonly PageArea[] {
  const panel = row.at === null ? undefined : areas[row.group]?.panels[row.at]
  return panel ? addPanel(removePanel(areas, row), to, panel) : areas
}

/** The areas with an empty tab more, the last before the right side. */
export function addTab(areas: readonly PageArea[], label: Label): readonly PageArea[] {
  const taken = new Set(areas.map(({ tab }) => tab?.tab))
  let tab = 'tab'
  for (let attempt = 2; taken.has(tab); attempt++) tab = `tab${attempt}`
  const [tabs, side] = [areas.filter(area => area.tab), areas.filter(area => !area.tab)]
  return [...tabs, { tab: { tab, label }, panels: [] }, ...side]
}

/** What tabs are called that have no label of their own. */
export type TabLabels = Readonly<Record<'overview' | 'history', Label>>

/** A page as a definition that shows what an object's page shows without one; each list stands on it once. */
export function writtenPage(page: string, label: Label, object: string, plan: PagePlan, names: TabLabels): PageDefinition {
  const seen = new Set<string>()
  const tabs = plan.tabs.map(({ key, label: own, panels }) => ({
    tab: key,
    label: own ?? names[key as keyof TabLabels] ?? key,
    panels: panels.flatMap(panel => writtenPanel(panel, seen)),
  }))
  return {
    page,
    label,
    object,
    highlights: plan.highlights.map(({ name }) => name),
    tabs: tabs.filter(({ panels }) => panels.length > 0),
    side: plan.side.flatMap(panel => writtenPanel(panel, seen)),
  }
}

function writtenPanel(panel: PanelPlan, seen: Set<string>): PanelDefinition[] {
  if (panel.show === 'history') return [{ panel: panel.key, show: 'history', ...(panel.most === undefined ? {} : { most: panel.most }) }]
  if (panel.show === 'fields') return [{ panel: panel.key, show: 'details' }]
  if (panel.show === 'report' || seen.has(panel.group.child.name)) return []
  seen.add(panel.group.child.name)
  return [{ panel: panel.key, show: 'list', list: panel.group.child.name }]
}

/** Adds a page. */
export const addPage = (elements: Elements, page: PageDefinition): Elements => ({
  ...elements,
  [pathOf(page.page)]: { kind: 'page', name: page.page, definition: page },
})
