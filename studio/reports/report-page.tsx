import type { ReportModel } from '@tessera/platform/model/model.js'
import { fewSeries } from '@tessera/platform/reports/chart-data.js'
import { chartData, groupByOf, measuresSelection, rowsOf } from '@tessera/platform/reports/result.js'
import { ChartColumn } from 'lucide-react'
import { Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { objectPath } from '../api/addresses.js'
import { objectOf, useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { useAggregate } from '../api/records.js'
import { drawingOf } from '../charts/index.js'
import { LinkButton } from '../ui/link-button.js'
import { useMode } from '../ui/mode.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { useReader } from './reader.js'
import { ReportTable } from './report-table.js'
import './report.css'

/** The answer of a report: its chart, and the table behind it. */
export default function ReportPage() {
  const { t } = useTranslation()
  const { model } = useApp()
  const { report: name = '' } = useParams()
  const report = Object.hasOwn(model.reports, name) ? model.reports[name] : undefined
  if (!report) return <EmptyState title={t('error.noPage')} text={t('error.noPageHint')} />
  return <Answer key={report.name} report={report} />
}

function Answer({ report: { definition: report } }: { report: ReportModel }) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const name = useAppName()
  const object = objectOf(app, report.object)
  useTitle(label(report.label), app.member.workspace.name)
  const groupBy = useMemo(
    () => (object ? groupByOf(report.groupBy, object, app.model.objects) : []),
    [object, report.groupBy, app.model.objects],
  )
  const where = useMemo(() => (report.where === undefined ? undefined : { rule: report.where }), [report.where])
  if (!object) return <EmptyState title={t('empty.noAccess')} />
  return (
    <div className="scroll-page">
      <PageHead title={label(report.label)} icon={ChartColumn}>
        <LinkButton to={objectPath(name, object.name)}>{t('report.records', { name: label(object.pluralLabel) })}</LinkButton>
      </PageHead>
      <div className="report">
        {label(report.description) !== '' && <p className="quiet">{label(report.description)}</p>}
        <Drawn report={report} object={object} groupBy={groupBy} where={where} />
      </div>
    </div>
  )
}

interface DrawnProps {
  report: ReportModel['definition']
  object: NonNullable<ReturnType<typeof objectOf>>
  groupBy: Record<string, unknown>[]
  where: Readonly<Record<string, unknown>> | undefined
}

function Drawn({ report, object, groupBy, where }: DrawnProps) {
  const { t } = useTranslation()
  const reader = useReader()
  const mode = useMode()
  const { data, error, isPending } = useAggregate({ object, measures: measuresSelection(report.measures), groupBy, where })
  const rows = useMemo(() => rowsOf(report, object, (data ?? []) as unknown as Readonly<Record<string, unknown>>[]), [report, object, data])
  const drawn = useMemo(() => chartData(report, rows, object, reader), [report, rows, object, reader])
  const Chart = drawingOf(report.chart?.type)
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
      <ReportTable report={report} object={object} rows={rows} />
    </>
  )
}
