import type { ObjectModel, ReportModel } from '@tessera/platform/model/model.js'
import { fewSeries } from '@tessera/platform/reports/chart-data.js'
import { ChartColumn } from 'lucide-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { objectPath } from '../api/addresses.js'
import { objectOf, useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { drawingOf } from '../charts/index.js'
import { LinkButton } from '../ui/link-button.js'
import { useMode } from '../ui/mode.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { useAnswer } from './answer.js'
import { ReportTable } from './report-table.js'
import './report.css'

/** The answer of a report: its chart, and the table behind it. */
export default function ReportPage() {
  const { t } = useTranslation()
  const { model } = useApp()
  const { report: name = '' } = useParams()
  const report = Object.hasOwn(model.reports, name) ? model.reports[name] : undefined
  if (!report) return <EmptyState isPage title={t('error.noPage')} text={t('error.noPageHint')} />
  return <Answer key={report.name} report={report} />
}

function Answer({ report }: { report: ReportModel }) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const name = useAppName()
  const { definition } = report
  const object = objectOf(app, definition.object)
  useTitle(label(definition.label), app.member.workspace.name)
  if (!object) return <EmptyState title={t('empty.noAccess')} />
  return (
    <div className="scroll-page">
      <PageHead title={label(definition.label)} icon={ChartColumn}>
        <LinkButton to={objectPath(name, object.name)}>{t('report.records', { name: label(object.pluralLabel) })}</LinkButton>
      </PageHead>
      <div className="report">
        {label(definition.description) !== '' && <p className="quiet">{label(definition.description)}</p>}
        <Drawn report={report} object={object} />
      </div>
    </div>
  )
}

function Drawn({ report, object }: { report: ReportModel; object: ObjectModel }) {
  const { t } = useTranslation()
  const mode = useMode()
  const { rows, drawn, error, isPending } = useAnswer(report, object)
  const Chart = drawingOf(report.definition.chart?.type)
  if (error) return <EmptyState title={t('error.notLoaded')} text={error.message} />
  if (isPending) return <Skeleton width="100%" height={320} />
  if (rows.length === 0) return <EmptyState title={t('report.none')} />
  return (
    <>
      {drawn && Chart && (
        <figure className="chart-card">
          <Suspense fallback={<Skeleton width="100%" height={320} />}>
            <Chart data={fewSeries(drawn, t('report.other'))} mode={mode} />
          </Suspense>
        </figure>
      )}
      <ReportTable report={report.definition} object={object} rows={rows} />
    </>
  )
}
