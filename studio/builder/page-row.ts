import type { PageDefinition, PanelShow } from '@tessera/platform/definitions/page.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { ChartColumn, History, List, type LucideIcon, Rows3, TextCursorInput } from 'lucide-react'
import { useLabel } from '../api/app.js'
import { areasOf } from './edit-page.js'
import type { GroupedRow } from './grouped-rows.js'
import { useLayoutTexts } from './layout-texts.js'
import { useWorkshop } from './workshop.js'

/** How a tab or panel of a page is drawn as a row. */
export interface PageRowFace {
  readonly title: string
  readonly icon: LucideIcon | undefined
  /** What kind of thing it is. */
  readonly note: string
}

const icons: Readonly<Record<PanelShow, LucideIcon>> = {
  fields: TextCursorInput,
  details: Rows3,
  list: List,
  report: ChartColumn,
  history: History,
}

/** What tabs and panels of a page are called; a panel is called after what it shows unless it has a label. */
export function usePageFace(page: PageDefinition, object: ObjectModel): (row: Pick<GroupedRow, 'group' | 'at'>) => PageRowFace {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const { model } = useWorkshop()
  const areas = areasOf(page)
  return ({ group, at }) => {
    const area = areas[group]
    if (at === null)
      return area?.tab
        ? { title: label(area.tab.label) || area.tab.tab, icon: undefined, note: t('pageDesigner.tab') }
        : { title: t('pageDesigner.side'), icon: undefined, note: '' }
    const panel = area?.panels[at]
    if (!panel) return { title: '', icon: undefined, note: '' }
    const child = lookup(object.children, panel.list ?? '')
    const report = lookup(model.reports, panel.report ?? '')
    const shown = child?.label ?? report?.definition.label
    return { title: label(panel.label) || label(shown) || t(`pageDesigner.show.${panel.show}`), icon: icons[panel.show], note: '' }
  }
}
