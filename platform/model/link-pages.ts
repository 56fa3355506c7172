import type { Element } from '../definitions/index.js'
import type { PageDefinition, PanelDefinition, PanelShow } from '../definitions/page.js'
import { type Issue, issue } from '../errors.js'
import { lookup } from '../registry.js'
import { suggestion } from '../rules/suggestion.js'
import { kindWords, known, target } from './link.js'
import type { Model, ObjectModel } from './model.js'

/** What a panel must say for what it shows, and what it may say besides. */
const properties: Readonly<
  Record<PanelShow, { readonly needs: readonly (keyof PanelDefinition)[]; readonly takes: readonly (keyof PanelDefinition)[] }>
> = {
  fields: { needs: ['fields'], takes: [] },
  details: { needs: [], takes: [] },
  list: { needs: ['list'], takes: ['columns', 'sort', 'most'] },
  report: { needs: ['report', 'by'], takes: [] },
  history: { needs: [], takes: ['most'] },
}
const always: readonly (keyof PanelDefinition)[] = ['panel', 'label', 'show']

/** Every panel of a page with its place in the definition. */
const panelsOf = ({ tabs = [], side = [] }: PageDefinition): (readonly [at: string, panel: PanelDefinition])[] => [
  ...tabs.flatMap(({ panels }, tab) => panels.map((panel, at) => [`tabs/${tab}/panels/${at}`, panel] as const)),
  ...side.map((panel, at) => [`side/${at}`, panel] as const),
]

/** The pages of records by their names, checked; every page but the first of an object is one too many. */
export function linkPages(elements: readonly Element[], model: Model, issues: Issue[]): Record<string, PageDefinition> {
  const pages = elements.filter(({ kind }) => kind === 'page').map(({ definition }) => definition as PageDefinition)
  const seen = new Map<string, string>()
  for (const page of pages) {
    linkPage(page, model, issues)
    const first = seen.get(page.object)
    if (first !== undefined) issues.push(issue('PAGE_DOUBLE', `pages/${page.page}/object`, { object: page.object, page: first }))
    else seen.set(page.object, page.page)
  }
  return Object.fromEntries(pages.map(page => [page.page, page]))
}

/** Checks that a page shows fields, lists and reports that exist, each list and the details once. */
function linkPage(page: PageDefinition, model: Model, issues: Issue[]): void {
  const path = `pages/${page.page}`
  const object = target(page.object, model.objects, `${path}/object`, issues)
  if (!object) return
  page.highlights?.forEach((name, index) => {
    known(object, model.objects, name, `${path}/highlights/${index}`, issues, false)
  })
  const shown = new Set<string>()
  for (const [place, panel] of panelsOf(page)) {
    const at = `${path}/${place}`
    issues.push(...checkProperties(panel, at))
    panel.fields?.forEach((name, index) => {
      known(object, model.objects, name, `${at}/fields/${index}`, issues, false)
    })
    if (panel.show === 'list') checkList(panel, object, model, at, issues)
    if (panel.show === 'report') checkReport(panel, object, model, at, issues)
    const what = panel.show === 'list' ? `list ${panel.list ?? ''}` : panel.show
    if ((panel.show === 'list' || panel.show === 'details') && shown.has(what))
      issues.push(issue('PANEL_DOUBLE', at, { panel: panel.panel }))
    shown.add(what)
  }
}

function checkProperties(panel: PanelDefinition, at: string): Issue[] {
  const { needs, takes } = properties[panel.show]
  const fitting = new Set([...always, ...needs, ...takes])
  return [
    ...needs
      .filter(property => panel[property] === undefined)
      .map(property => issue('PROPERTY_MISSING', `${at}/${property}`, { property })),
    ...(Object.keys(panel) as (keyof PanelDefinition)[])
      .filter(property => !fitting.has(property))
      .map(property => issue('PANEL_UNFIT', `${at}/${property}`, { property, show: panel.show })),
  ]
}

function checkList(
  { list, columns = [], sort = [] }: PanelDefinition,
  object: ObjectModel,
  model: Model,
  at: string,
  issues: Issue[],
): void {
  if (list === undefined) return
  const child = lookup(object.children, list)
  const of = child && lookup(model.objects, child.object)
  if (!of) {
    issues.push(
      issue('LIST_UNKNOWN', `${at}/list`, { object: object.name, list, suggestion: suggestion(list, Object.keys(object.children)) }),
    )
    return
  }
  columns.forEach((name, index) => {
    known(of, model.objects, name, `${at}/columns/${index}`, issues, false)
  })
  sort.forEach(({ field }, index) => {
    known(of, model.objects, field, `${at}/sort/${index}/field`, issues, false)
  })
}

function checkReport({ report: name, by }: PanelDefinition, object: ObjectModel, model: Model, at: string, issues: Issue[]): void {
  if (name === undefined) return
  const report = lookup(model.reports, name)
  if (!report) {
    issues.push(
      issue('ELEMENT_UNKNOWN', `${at}/report`, { kind: kindWords.report, name, suggestion: suggestion(name, Object.keys(model.reports)) }),
    )
    return
  }
  const of = lookup(model.objects, report.definition.object)
  if (!of || by === undefined) return
  const field = known(of, model.objects, by, `${at}/by`, issues, false)
  if (field && field.relation?.to !== object.name) issues.push(issue('PANEL_ASTRAY', `${at}/by`, { field: by, object: object.name }))
}
