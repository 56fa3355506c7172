import type { NavigationDefinition } from '@tessera/platform/definitions/navigation.js'
import { lookup } from '@tessera/platform/registry.js'
import { ChartColumn, type LucideIcon } from 'lucide-react'
import { useLabel } from '../api/app.js'
import { iconOf } from '../ui/icons.js'
import type { GroupedRow } from './grouped-rows.js'
import { useLayoutTexts } from './layout-texts.js'
import { useWorkshop } from './workshop.js'

/** How a row of a navigation is drawn. */
interface RowFace {
  readonly title: string
  readonly icon: LucideIcon | undefined
  /** What it leads to, where its label does not say. */
  readonly note: string
}

/** What a group or an entry is called and which icon it has; an entry has those of what it leads to unless it says its own. */
export function useRowFace({ groups }: NavigationDefinition): (row: Pick<GroupedRow, 'group' | 'at'> & { id?: string }) => RowFace {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const { model } = useWorkshop()
  return ({ group: index, at }) => {
    const group = groups[index]
    if (at === null) return { title: label(group?.label) || t('navigationDesigner.unnamed'), icon: undefined, note: '' }
    const item = group?.items[at] ?? {}
    const view = lookup(model.views, item.view ?? '')
    const report = lookup(model.reports, item.report ?? '')
    const object = lookup(model.objects, item.object ?? view?.definition.object ?? '')
    const target = view?.definition.label ?? report?.definition.label ?? object?.pluralLabel
    const kind = view ? 'view' : report ? 'report' : 'object'
    return {
      title: label(item.label) || label(target) || item.view || item.report || item.object || '',
      icon: report ? iconOf(item.icon, ChartColumn) : iconOf(item.icon ?? object?.icon),
      note: kind === 'object' ? '' : t(`kind.one.${kind}`),
    }
  }
}
