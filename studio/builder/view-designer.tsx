import type { Label } from '@tessera/platform/label.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { Segmented } from 'antd'
import { lazy, Suspense } from 'react'
import { useLabel } from '../api/app.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { DesignerParts } from './designer-parts.js'
import { bareRule } from './edit-role.js'
import { changeSort, changeView, viewDefinition } from './edit-view.js'
import { LabelInputs } from './label-inputs.js'
import { useLayoutTexts } from './layout-texts.js'
import { Property } from './property.js'
import { SortRows } from './sort-rows.js'
import { ViewColumns } from './view-columns.js'
import type { ViewPartProps } from './view-part.js'
import { ViewPlace } from './view-place.js'
import { useWorkshop } from './workshop.js'
import './layout.css'

const ConditionInput = lazy(() => import('./condition-input.js').then(module => ({ default: module.ConditionInput })))
const ViewIndexes = lazy(() => import('./view-indexes.js').then(module => ({ default: module.ViewIndexes })))
const ViewBoard = lazy(() => import('./view-board.js').then(module => ({ default: module.ViewBoard })))
const ViewPreview = lazy(() => import('./view-preview.js').then(module => ({ default: module.ViewPreview })))

/** Designs one view: what it shows at the left, the records that it finds now at the right. */
export default function ViewDesigner({ name }: { name: string }) {
  const { t } = useLayoutTexts()
  const { elements, model } = useWorkshop()
  const view = viewDefinition(elements, name)
  if (!view) return null
  const object = lookup(model.objects, view.object)
  return (
    <DesignerParts path={`views/${name}`} label={t('viewDesigner.parts')}>
      {object ? (
        <div className="designer">
          <ViewPanel view={view} object={object} />
          <section className="designer-main layout-live" aria-label={t('viewDesigner.live')}>
            <Suspense fallback={<Skeleton />}>
              <ViewPreview view={view} object={object} />
            </Suspense>
          </section>
        </div>
      ) : (
        <EmptyState title={t('viewDesigner.noObject')} text={t('viewDesigner.noObjectHint')} />
      )}
    </DesignerParts>
  )
}

function ViewPanel({ view, object }: ViewPartProps & { object: ObjectModel }) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const { edit, issues } = useWorkshop()
  const path = `views/${view.view}`
  const change = (key: string, patch: Readonly<Record<string, unknown>>) =>
    edit(`${path} ${key}`, path, elements => changeView(elements, view.view, patch))
  const errorAt = (property: string) => issues.find(issue => issue.path.startsWith(`${path}/${property}`))?.message
  const isBoard = view.kind === 'board'
  return (
    <div className="layout-panel">
      <fieldset className="property-group">
        <legend className="sr-only">{t('properties.basics')}</legend>
        <LabelInputs
          id="view-label"
          title={t('property.label')}
          value={view.label}
          error={errorAt('label')}
          onChange={(next: Label | undefined) => change('label', { label: next ?? view.view })}
        />
        <Property id="view-kind" label={t('viewDesigner.kind')} help={label(object.label)}>
          <Segmented
            id="view-kind"
            aria-label={t('viewDesigner.kind')}
            value={view.kind}
            onChange={kind => change('kind', { kind })}
            options={(['list', 'board'] as const).map(value => ({ value, label: t(`list.${value}`) }))}
          />
        </Property>
      </fieldset>
      <Suspense fallback={<Skeleton />}>{isBoard ? <ViewBoard view={view} /> : <ViewColumns view={view} />}</Suspense>
      <fieldset className="property-group">
        <legend>{t('viewDesigner.which')}</legend>
        <Suspense fallback={<Skeleton />}>
          <ConditionInput
            id="view-where"
            title={t('viewDesigner.filter')}
            object={view.object}
            value={bareRule(view.where)}
            isWritten={false}
            error={errorAt('where')}
            onChange={where => change('where', { where })}
          />
        </Suspense>
        <SortRows
          id="view-sort"
          object={object}
          sort={view.sort ?? []}
          onChange={(key, next) => edit(`${path} sort ${key}`, path, elements => changeSort(elements, view.view, next))}
        />
        <Suspense fallback={null}>
          <ViewIndexes view={view} />
        </Suspense>
      </fieldset>
      <ViewPlace view={view} />
    </div>
  )
}
