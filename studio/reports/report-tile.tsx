import type { ObjectModel, ReportModel } from '@tessera/platform/model/model.js'
import { fewSeries } from '@tessera/platform/reports/chart-data.js'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useLabel } from '../api/app.js'
import { drawingOf } from '../charts/index.js'
import { useMode } from '../ui/mode.js'
import { Skeleton } from '../ui/small.js'
import { useAnswer } from './answer.js'
import './report.css'

interface ReportTileProps {
  report: ReportModel
  object: ObjectModel
  to?: string
  /** What it is called; as the report unless given. */
  title?: string
  /** Only these of its records count, as the API takes it. */
  where?: Readonly<Record<string, unknown>>
}

const wait = <Skeleton width="100%" height={200} />

/** The chart of a report in small; its name leads to the whole of it. */
export default function ReportTile({ report, object, to, title, where }: ReportTileProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const mode = useMode()
  const { rows, drawn, error, isPending } = useAnswer(report, object, where)
  const Chart = drawingOf(report.definition.chart?.type)
  return (
    <figure className="chart-card chart-tile">
      <figcaption>{to === undefined ? title : <Link to={to}>{title ?? label(report.definition.label)}</Link>}</figcaption>
      {isPending ? (
        wait
      ) : drawn && Chart && rows.length > 0 ? (
        <Suspense fallback={wait}>
          <Chart data={fewSeries(drawn, t('report.other'))} mode={mode} />
        </Suspense>
      ) : (
        <p className="quiet chart-none">{t(error ? 'error.notLoaded' : 'report.none')}</p>
      )}
    </figure>
  )
}
