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
  to: string
}

const wait = <Skeleton width="100%" height={200} />

/** The chart of a report in small; its name leads to the whole of it. */
export default function ReportTile({ report, object, to }: ReportTileProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const mode = useMode()
  const { rows, drawn, error, isPending } = useAnswer(report, object)
  const Chart = drawingOf(report.definition.chart?.type)
  return (
    <figure className="chart-card chart-tile">
      <figcaption>
        <Link to={to}>{label(report.definition.label)}</Link>
      </figcaption>
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
