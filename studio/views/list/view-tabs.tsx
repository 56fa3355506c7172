import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useApp, useLabel } from '../../api/app.js'
import { isRough, useCounts } from '../../api/records.js'
import { useSavedViews } from '../../api/saved-views.js'
import { readConditions, whereOf } from '../../fields/conditions.js'
import { TabSet } from '../../ui/tab-set.js'
import { countedIn } from './counted.js'
import { type ListState, listViews } from './list-state.js'

/** The views of an object: as defined, then the member's own; each with its count over all records. */
export function ViewTabs({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useTranslation()
  const label = useLabel()
  const navigate = useNavigate()
  const { model } = useApp()
  const views = listViews(model.views, object.name)
  const saved = useSavedViews(object.name)
  const conditions = useMemo(() => {
    const defined = listViews(model.views, object.name)
    const own = saved.map(each => {
      const params = new URLSearchParams(each.query)
      const base = defined.find(view => view.name === params.get('view')) ?? defined[0]
      const counted = countedIn(params, object, model)
      return whereOf(object, readConditions(params.get('f'), object), [base?.definition.where, counted?.rule])
    })
    return [...(defined.length > 0 ? defined.map(view => whereOf(object, [], [view.definition.where])) : [undefined]), ...own]
  }, [model, object, saved])
  const counts = useCounts(
    object,
    useMemo(() => conditions.map(where => ({ where })), [conditions]),
  )
  const names =
    views.length > 0
      ? views.map(view => ({ key: view.name, label: label(view.definition.label) }))
      : [{ key: 'all', label: t('list.all', { name: label(object.pluralLabel) }) }]
  const tabs = [...names, ...saved.map(each => ({ key: `mine:${each.id}`, label: each.name }))].map((tab, index) => ({
    ...tab,
    count: counts.data?.[index],
    isRough: isRough(counts.data?.[index]),
  }))
  const choose = (key: string) => {
    const own = saved.find(each => `mine:${each.id}` === key)
    if (own) void navigate(`?${own.query}&mine=${own.id}`)
    else state.change({ view: key })
  }
  return (
    <div className="view-tabs">
      <TabSet tabs={tabs} active={state.saved ? `mine:${state.saved}` : state.viewName} label={t('list.views')} onChange={choose} />
    </div>
  )
}
