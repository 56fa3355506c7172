import type { PageDefinition, PanelDefinition } from '@tessera/platform/definitions/page.js'
import type { Label } from '@tessera/platform/label.js'
import type { FieldModel, Model, ObjectModel, ReportModel } from '@tessera/platform/model/model.js'
import { isLong } from '@tessera/platform/model/seen.js'
import { lookup } from '@tessera/platform/registry.js'
import { seenFields, statusOf, titleName } from '../../fields/selection.js'
import type { Children } from './children.js'

/** A panel of a record's page, ready to be drawn. */
export type PanelPlan = { readonly key: string; readonly label: Label | undefined } & (
  | { readonly show: 'fields'; readonly fields: readonly FieldModel[] }
  | { readonly show: 'list'; readonly group: Children }
  | { readonly show: 'report'; readonly report: ReportModel; readonly object: ObjectModel; readonly by: FieldModel }
  | { readonly show: 'history'; readonly most: number | undefined }
)

/** A tab of a record's page; one without a label is called after what it shows. */
export interface TabPlan {
  readonly key: string
  readonly label: Label | undefined
  readonly panels: readonly PanelPlan[]
}

/** What the page of a record shows: values at the left, tabs in the middle, panels at the right. */
export interface PagePlan {
  readonly highlights: readonly FieldModel[]
  readonly tabs: readonly TabPlan[]
  readonly side: readonly PanelPlan[]
}

/** The tabs of a page where nothing fits at the right: each panel from there has a tab of its own, before the history. */
export function withSideTabs({ tabs, side }: PagePlan): readonly TabPlan[] {
  const taken = new Set(tabs.map(({ key }) => key))
  const added = side.map(panel => ({ key: taken.has(panel.key) ? `side-${panel.key}` : panel.key, label: panel.label, panels: [panel] }))
  const last = tabs.at(-1)
  const isHistory = last?.panels.length === 1 && last.panels[0]?.show === 'history'
  return isHistory ? [...tabs.slice(0, -1), ...added, last] : [...tabs, ...added]
}

const mostHighlights = 9
const entriesOnOverview = 6

/** The page that is defined for an object; undefined where it is as usual. */
export const definedPage = (model: Model, object: ObjectModel): PageDefinition | undefined =>
  Object.values(model.pages).find(page => page.object === object.name)

/** The panels of the page that is defined for an object. */
export function panelsOfPage(object: ObjectModel, model: Model): readonly PanelDefinition[] {
  const { tabs = [], side = [] } = definedPage(model, object) ?? {}
  return [...tabs.flatMap(({ panels }) => panels), ...side]
}

/** What belongs to a record and is shown on its page, each once. */
export function groupsOf({ tabs, side }: PagePlan): readonly Children[] {
  const groups = [...tabs.flatMap(({ panels }) => panels), ...side].flatMap(panel => (panel.show === 'list' ? [panel.group] : []))
  return [...new Set(groups)]
}

/** What the page of an object's records shows, as it is defined or as usual, with what belongs to them. */
export function pagePlan(object: ObjectModel, model: Model, groups: readonly Children[]): PagePlan {
  const page = definedPage(model, object)
  const highlights = page?.highlights ? fieldsNamed(object, page.highlights) : highlightsOf(object)
  const usual = usualPlan(object, highlights, groups)
  if (!page) return usual
  const planned = { object, model, groups, placed: [...highlights, ...placedOn(object, model)] }
  const tabs = (page.tabs ?? [])
    .map(({ tab, label, panels }): TabPlan => ({ key: tab, label, panels: panels.flatMap(panel => panelPlan(panel, planned) ?? []) }))
    .filter(tab => tab.panels.length > 0)
  return {
    highlights,
    tabs: tabs.length > 0 ? tabs : usual.tabs,
    side: page.side ? page.side.flatMap(panel => panelPlan(panel, planned) ?? []) : usual.side,
  }
}

/** The page of an object without a definition: lines, details and history on the first tab, a tab for each kind of line, the rest at the right. */
function usualPlan(object: ObjectModel, highlights: readonly FieldModel[], groups: readonly Children[]): PagePlan {
  const details = detailsOf(object, highlights)
  const lines = groups.filter(({ child }) => child.owned).map(listPanel)
  const history = { key: 'history', label: undefined, show: 'history' as const }
  return {
    highlights,
    tabs: [
      {
        key: 'overview',
        label: undefined,
        panels: [
          ...lines,
          ...(details.length > 0 ? [{ key: 'details', label: undefined, show: 'fields' as const, fields: details }] : []),
          { ...history, most: entriesOnOverview },
        ],
      },
      ...lines.map(panel => ({ key: panel.key, label: panel.label, panels: [panel] })),
      { key: 'history', label: undefined, panels: [{ ...history, most: undefined }] },
    ],
    side: groups.filter(({ child }) => !child.owned).map(listPanel),
  }
}

const listPanel = (group: Children) => ({ key: group.child.name, label: group.child.label, show: 'list' as const, group })

interface Planned {
  readonly object: ObjectModel
  readonly model: Model
  readonly groups: readonly Children[]
  /** The fields that stand somewhere by name. */
  readonly placed: readonly FieldModel[]
}

function panelPlan(panel: PanelDefinition, { object, model, groups, placed }: Planned): PanelPlan | null {
  const named = { key: panel.panel, label: panel.label }
  if (panel.show === 'history') return { ...named, show: 'history', most: panel.most }
  if (panel.show === 'list') {
    const group = groups.find(({ child }) => child.name === panel.list)
    if (!group) return null
    const label = panel.label ?? group.child.label
    return { ...named, label, show: 'list', group: { ...group, child: { ...group.child, label } } }
  }
  if (panel.show === 'report') {
    const report = lookup(model.reports, panel.report ?? '')
    const of = report && lookup(model.objects, report.definition.object)
    const by = of && lookup(of.fields, panel.by ?? '')
    return report && of && by ? { ...named, label: panel.label ?? report.definition.label, show: 'report', report, object: of, by } : null
  }
  const fields = panel.show === 'fields' ? fieldsNamed(object, panel.fields ?? []) : detailsOf(object, placed)
  return fields.length > 0 ? { ...named, show: 'fields', fields } : null
}

/** The fields that panels of a page name. */
const placedOn = (object: ObjectModel, model: Model): FieldModel[] =>
  panelsOfPage(object, model).flatMap(({ fields = [] }) => fieldsNamed(object, fields))

const fieldsNamed = (object: ObjectModel, names: readonly string[]): FieldModel[] =>
  names.flatMap(name => lookup(object.fields, name) ?? [])

/** The fields that stand at the left of a record unless its page says others: those that say most, without title, status and long texts. */
function highlightsOf(object: ObjectModel): FieldModel[] {
  const title = titleName(object)
  const status = statusOf(object)?.name
  const own = seenFields(object).filter(
    field =>
      !field.system &&
      field.name !== title &&
      field.name !== status &&
      field.type.name !== 'autonumber' &&
      !isLong(field) &&
      field.type.name !== 'currency',
  )
  const listed = own.filter(field => field.definition.inList)
  const others = own.filter(field => !listed.includes(field))
  const owner = object.hasOwner && object.fields.owner ? [object.fields.owner] : []
  return [...[...listed, ...others].slice(0, mostHighlights), ...owner]
}

/** The number that stands above the title of a record. */
export const numberOf = (object: ObjectModel): FieldModel | undefined =>
  Object.values(object.fields).find(field => field.type.name === 'autonumber' && field.name !== titleName(object))

/** The fields of a record that stand neither in its head nor anywhere else. */
function detailsOf(object: ObjectModel, placed: readonly FieldModel[]): FieldModel[] {
  const shown = new Set([...placed, numberOf(object), statusOf(object)].map(field => field?.name))
  return seenFields(object).filter(field => !shown.has(field.name) && field.name !== titleName(object))
}
