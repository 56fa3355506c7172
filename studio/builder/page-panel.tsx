import type { PageDefinition, PanelDefinition } from '@tessera/platform/definitions/page.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { InputNumber, Select } from 'antd'
import { useLabel } from '../api/app.js'
import { seenFields, titleName } from '../fields/selection.js'
import { childFields } from '../views/record/children.js'
import { pagePlan } from '../views/record/page-plan.js'
import { areasOf, changeAreas, changePage, changePanel, labelTab, type PageArea } from './edit-page.js'
import { FieldRows } from './field-rows.js'
import type { GroupedRow } from './grouped-rows.js'
import { LabelInputs } from './label-inputs.js'
import { useLayoutTexts } from './layout-texts.js'
import { Property } from './property.js'
import { SortRows } from './sort-rows.js'
import { useWorkshop } from './workshop.js'

interface PagePanelProps {
  page: PageDefinition
  object: ObjectModel
  row: GroupedRow | undefined
  title: string
}

/** The properties of the chosen tab or panel; of the page itself when none is chosen. */
export function PagePanel({ page, object, row, title }: PagePanelProps) {
  const { t } = useLayoutTexts()
  const { edit } = useWorkshop()
  const path = `pages/${page.page}`
  const area = row && areasOf(page)[row.group]
  const panel = row && row.at !== null ? area?.panels[row.at] : undefined
  const change = (key: string, next: (areas: readonly PageArea[]) => readonly PageArea[]) =>
    edit(`${path} ${row?.id ?? ''} ${key}`, path, elements => changeAreas(elements, page.page, next))
  return (
    <fieldset className="property-group layout-chosen">
      <legend>{row ? t('field.panel', { name: title }) : t('pageDesigner.itself')}</legend>
      {!row && <OwnProperties page={page} object={object} />}
      {row && !panel && area?.tab && (
        <LabelInputs
          id="tab-label"
          title={t('property.label')}
          value={area.tab.label}
          onChange={label => change('label', areas => labelTab(areas, row.group, label ?? area.tab?.tab ?? ''))}
        />
      )}
      {row && !panel && !area?.tab && <p className="field-help">{t('pageDesigner.sideHelp')}</p>}
      {row && panel && (
        <PanelProperties
          path={`${path}/${area?.tab ? `tabs/${row.group}/panels` : 'side'}/${row.at}`}
          object={object}
          panel={panel}
          onChange={(key, patch) => change(key, areas => changePanel(areas, row, patch))}
        />
      )}
    </fieldset>
  )
}

function OwnProperties({ page, object }: { page: PageDefinition; object: ObjectModel }) {
  const { t } = useLayoutTexts()
  const { model, edit } = useWorkshop()
  const path = `pages/${page.page}`
  const change = (key: string, patch: Readonly<Record<string, unknown>>) =>
    edit(`${path} ${key}`, path, elements => changePage(elements, page.page, patch))
  const usual = () => pagePlan(object, { ...model, pages: {} }, []).highlights.map(({ name }) => name)
  return (
    <>
      <LabelInputs
        id="page-label"
        title={t('property.label')}
        value={page.label}
        onChange={label => change('label', { label: label ?? page.page })}
      />
      <FieldRows
        id="page-highlights"
        title={t('pageDesigner.highlights')}
        addLabel={t('pageDesigner.addField')}
        help={t('pageDesigner.highlightsHelp')}
        object={object}
        names={page.highlights ?? usual()}
        fields={seenFields(object)}
        most={30}
        onChange={(key, highlights) => change(`highlights ${key}`, { highlights })}
      />
    </>
  )
}

interface PanelPropertiesProps {
  /** Where the panel stands, for what is wrong with it. */
  path: string
  object: ObjectModel
  panel: PanelDefinition
  onChange: (key: string, patch: Partial<PanelDefinition>) => void
}

function PanelProperties({ path, object, panel, onChange }: PanelPropertiesProps) {
  const { t } = useLayoutTexts()
  const { model, issues } = useWorkshop()
  const child = lookup(object.children, panel.list ?? '')
  const of = child && lookup(model.objects, child.object)
  const problem = issues.find(issue => issue.path === path || issue.path.startsWith(`${path}/`))
  return (
    <>
      <LabelInputs
        id="panel-label"
        title={t('property.label')}
        value={panel.label}
        error={problem?.message}
        help={t('pageDesigner.labelHelp')}
        onChange={label => onChange('label', { label })}
      />
      {panel.show === 'fields' && (
        <FieldRows
          id="panel-fields"
          title={t('tab.fields')}
          addLabel={t('pageDesigner.addField')}
          object={object}
          names={panel.fields ?? []}
          fields={seenFields(object)}
          most={200}
          onChange={(key, fields) => onChange(`fields ${key}`, { fields: [...fields] })}
        />
      )}
      {of && child && <ListProperties of={of} owned={child.owned} panel={panel} onChange={onChange} />}
      {panel.show === 'report' && <ReportRelation object={object} panel={panel} onChange={onChange} />}
      {(panel.show === 'list' || panel.show === 'history') && (
        <Property id="panel-most" label={t('pageDesigner.most')} help={t(`pageDesigner.mostHelp.${panel.show}`)}>
          <InputNumber
            id="panel-most"
            min={1}
            max={200}
            precision={0}
            value={panel.most ?? null}
            onChange={most => onChange('most', { most: most ?? undefined })}
          />
        </Property>
      )}
    </>
  )
}

interface ListPropertiesProps {
  /** The object of the records that are listed. */
  of: ObjectModel
  owned: boolean
  panel: PanelDefinition
  onChange: PanelPropertiesProps['onChange']
}

function ListProperties({ of, owned, panel, onChange }: ListPropertiesProps) {
  const { t } = useLayoutTexts()
  // the title of a related record is its first column without being named
  const named = (name: string) => owned || name !== titleName(of)
  const usual = childFields(of, owned)
    .map(({ name }) => name)
    .filter(named)
  return (
    <>
      <FieldRows
        id="panel-columns"
        title={t('viewDesigner.columns')}
        addLabel={t('viewDesigner.addColumn')}
        {...(owned ? {} : { help: t('pageDesigner.columnsHelp') })}
        object={of}
        names={panel.columns ?? usual}
        fields={seenFields(of).filter(field => named(field.name) && field.relation?.kind !== 'masterDetail')}
        most={12}
        onChange={(key, columns) => onChange(`columns ${key}`, { columns: [...columns] })}
      />
      <SortRows
        id="panel-sort"
        object={of}
        sort={panel.sort ?? []}
        onChange={(key, next) => {
          const sort = next(panel.sort ?? [])
          onChange(`sort ${key}`, { sort: sort.length > 0 ? [...sort] : undefined })
        }}
      />
    </>
  )
}

/** By which relation a report finds the record, where there are several. */
function ReportRelation({ object, panel, onChange }: Pick<PanelPropertiesProps, 'object' | 'panel' | 'onChange'>) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const { model } = useWorkshop()
  const report = lookup(model.reports, panel.report ?? '')
  const relations = Object.values(lookup(model.objects, report?.definition.object ?? '')?.fields ?? {}).filter(
    field => field.relation?.to === object.name,
  )
  return (
    <Property id="panel-by" label={t('pageDesigner.by')} help={t('pageDesigner.byHelp')}>
      <Select
        id="panel-by"
        value={panel.by}
        style={{ width: '100%' }}
        onChange={(by: string) => onChange('by', { by })}
        options={relations.map(field => ({ value: field.name, label: label(field.label) || field.name }))}
      />
    </Property>
  )
}
