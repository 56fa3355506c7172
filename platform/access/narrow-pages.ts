import type { PageDefinition, PanelDefinition } from '../definitions/page.js'
import type { ReportDefinition } from '../definitions/report.js'
import type { Model, ObjectModel } from '../model/model.js'
import { lookup } from '../registry.js'

/** What somebody sees of fields and reports. */
interface Sight {
  readonly isField: (path: string, object: ObjectModel, model: Model) => boolean
  readonly isReportSeen: (report: ReportDefinition, object: ObjectModel, model: Model) => boolean
}

/**
 * A page without the fields, lists and reports that are not to be seen; a panel or tab that then shows nothing is gone.
 * @param model as the caller sees it
 */
export function narrowPage(
  { highlights, tabs, side, ...rest }: PageDefinition,
  object: ObjectModel,
  model: Model,
  sight: Sight,
): PageDefinition {
  const panelsOf = (panels: readonly PanelDefinition[]) => panels.flatMap(panel => narrowPanel(panel, object, model, sight) ?? [])
  return {
    ...rest,
    ...(highlights ? { highlights: highlights.filter(name => sight.isField(name, object, model)) } : {}),
    ...(tabs ? { tabs: tabs.map(tab => ({ ...tab, panels: panelsOf(tab.panels) })).filter(tab => tab.panels.length > 0) } : {}),
    ...(side ? { side: panelsOf(side) } : {}),
  }
}

function narrowPanel(panel: PanelDefinition, object: ObjectModel, model: Model, { isField, isReportSeen }: Sight): PanelDefinition | null {
  const { fields = [], list = '', columns, sort, report = '', by = '', ...rest } = panel
  if (panel.show === 'fields') {
    const shown = fields.filter(name => isField(name, object, model))
    return shown.length > 0 ? { ...rest, fields: shown } : null
  }
  if (panel.show === 'list') {
    const of = lookup(model.objects, lookup(object.children, list)?.object ?? '')
    if (!of) return null
    return {
      ...rest,
      list,
      ...(columns ? { columns: columns.filter(name => isField(name, of, model)) } : {}),
      ...(sort ? { sort: sort.filter(({ field }) => isField(field, of, model)) } : {}),
    }
  }
  if (panel.show !== 'report') return rest
  const definition = lookup(model.reports, report)?.definition
  const of = definition && lookup(model.objects, definition.object)
  return of && isField(by, of, model) && isReportSeen(definition, of, model) ? { ...rest, report, by } : null
}
