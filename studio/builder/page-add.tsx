import type { PageDefinition, PanelDefinition } from '@tessera/platform/definitions/page.js'
import { isDefined } from '@tessera/platform/model/junctions.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button, Select } from 'antd'
import { Plus } from 'lucide-react'
import { useApp, useLabel } from '../api/app.js'
import { addPanel, addTab, areasOf, changeAreas } from './edit-page.js'
import { useLayoutTexts } from './layout-texts.js'
import { useWorkshop } from './workshop.js'

interface PageAddProps {
  page: PageDefinition
  object: ObjectModel
  /** The tab, or the right side, that new panels go to. */
  area: number
  areaTitle: string
}

/** Adds a panel to the chosen tab or to the right side, or a tab. */
export function PageAdd({ page, object, area, areaTitle }: PageAddProps) {
  const { t } = useLayoutTexts()
  const { locale } = useApp()
  const { edit } = useWorkshop()
  const choices = usePanelChoices(page, object)
  const path = `pages/${page.page}`
  const add = (key: string | null) => {
    const panel = choices.flatMap(({ options }) => options).find(({ value }) => value === key)?.panel
    if (panel) edit(`${path} add ${key}`, path, elements => changeAreas(elements, page.page, areas => addPanel(areas, area, panel)))
  }
  const addOne = () =>
    edit(`${path} add tab ${page.tabs?.length}`, path, elements =>
      changeAreas(elements, page.page, areas => addTab(areas, { [locale]: t('pageDesigner.newTab') })),
    )
  const label = t('navigationDesigner.addTo', { name: areaTitle })
  return (
    <div className="navigation-add" role="group" aria-label={t('pageDesigner.add')}>
      <Select
        id="page-add"
        aria-label={label}
        placeholder={label}
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        onChange={add}
        options={choices}
      />
      <Button icon={<Plus size={15} aria-hidden />} onClick={addOne}>
        {t('pageDesigner.addTab')}
      </Button>
    </div>
  )
}

/** Everything that can be shown and is not yet: fields, what belongs to the record, reports about it, what happened to it. */
function usePanelChoices(page: PageDefinition, object: ObjectModel) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const { model } = useWorkshop()
  const panels = areasOf(page).flatMap(area => area.panels)
  const choice = (value: string, text: string, panel: PanelDefinition) => ({ value, label: text, panel })
  const hasDetails = panels.some(({ show }) => show === 'details')
  const own = [
    choice('fields', t('pageDesigner.show.fields'), { panel: 'fields', show: 'fields', fields: [] }),
    ...(hasDetails ? [] : [choice('details', t('pageDesigner.show.details'), { panel: 'details', show: 'details' })]),
    choice('history', t('pageDesigner.show.history'), { panel: 'history', show: 'history' }),
  ]
  const lists = Object.values(object.children).flatMap(child => {
    const of = lookup(model.objects, child.object)
    if (!of || !isDefined(of) || panels.some(({ list }) => list === child.name)) return []
    return [choice(`list:${child.name}`, label(child.label) || child.name, { panel: child.name, show: 'list', list: child.name })]
  })
  const reports = Object.values(model.reports).flatMap(({ name, definition }) => {
    const by = Object.values(lookup(model.objects, definition.object)?.fields ?? {}).find(field => field.relation?.to === object.name)
    if (!by) return []
    return [choice(`report:${name}`, label(definition.label) || name, { panel: name, show: 'report', report: name, by: by.name })]
  })
  return [
    { label: t('pageDesigner.own'), options: own },
    { label: t('pageDesigner.lists'), options: lists },
    { label: t('kind.report'), options: reports },
  ].filter(({ options }) => options.length > 0)
}
