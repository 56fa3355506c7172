import type { Label } from '@tessera/platform/label.js'
import type { Model, ViewModel } from '@tessera/platform/model/model.js'
import type { LucideIcon } from 'lucide-react'
import { ChartColumn } from 'lucide-react'
import { objectPath, reportPath } from '../api/addresses.js'
import { iconOf } from '../ui/icons.js'
import { listViews } from './list/list-state.js'

/** One way of the navigation: to an object, one of its views, or a report. */
export interface Way {
  readonly key: string
  readonly label: Label
  readonly icon: LucideIcon
  readonly to: string
  /** The object that it leads to, when it does. */
  readonly object?: string
  /** The report that it leads to, when it does. */
  readonly report?: string
}

export interface WayGroup {
  readonly key: string
  readonly label: Label
  readonly ways: readonly Way[]
}

type Item = Model['navigation'][string]['groups'][number]['items'][number]

/** What the address says of a board: the first one is shown unasked. */
function boardQuestion({ views }: Model, { name, definition }: ViewModel): string {
  const [first] = listViews(views, definition.object, 'board')
  return first?.name === name ? '?as=board' : `?as=board&board=${name}`
}

function wayOf(model: Model, app: string, item: Item): Way | undefined {
  const view = item.view !== undefined && Object.hasOwn(model.views, item.view) ? model.views[item.view] : undefined
  const name = item.object ?? view?.definition.object
  const object = name !== undefined && Object.hasOwn(model.objects, name) ? model.objects[name] : undefined
  if (object) {
    const isBoard = view?.definition.kind === 'board'
    const to =
      view && !isBoard
        ? objectPath(app, object.name, view.name)
        : `${objectPath(app, object.name)}${view ? boardQuestion(model, view) : ''}`
    return {
      key: view ? `view-${view.name}` : `object-${object.name}`,
      label: item.label ?? view?.definition.label ?? object.pluralLabel,
      icon: iconOf(item.icon ?? object.icon),
      to,
      object: object.name,
    }
  }
  const report = item.report !== undefined && Object.hasOwn(model.reports, item.report) ? model.reports[item.report] : undefined
  return report
    ? {
        key: `report-${report.name}`,
        label: item.label ?? report.definition.label,
        icon: iconOf(item.icon, ChartColumn),
        to: reportPath(app, report.name),
        report: report.name,
      }
    : undefined
}

/** The groups of an app's navigation that this member can use; an empty group is left out. Without a navigation, all objects stand in one group. */
export function navigationGroups(model: Model, app: string): WayGroup[] {
  const navigation = Object.hasOwn(model.navigation, app) ? model.navigation[app] : undefined
  if (!navigation) {
    const ways = Object.values(model.objects)
      .filter(object => object.detail === null)
      .flatMap(object => wayOf(model, app, { object: object.name }) ?? [])
    return ways.length > 0 ? [{ key: 'all', label: '', ways }] : []
  }
  return navigation.groups
    .map(group => ({ key: group.group, label: group.label, ways: group.items.flatMap(item => wayOf(model, app, item) ?? []) }))
    .filter(group => group.ways.length > 0)
}

/** All ways of an app in one row. */
export const navigationItems = (model: Model, app: string): Way[] => navigationGroups(model, app).flatMap(group => group.ways)
