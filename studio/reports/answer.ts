import type { ObjectModel, ReportModel } from '@tessera/platform/model/model.js'
import { chartData, groupByOf, measuresSelection, rowsOf } from '@tessera/platform/reports/result.js'
import { useMemo } from 'react'
import { useApp } from '../api/app.js'
import { useAggregate } from '../api/records.js'
import { useReader } from './reader.js'

/**
 * What a report comes to now: its rows, and what its chart draws when it has one.
 * @param part only these of its records count, as the API takes it
 */
export function useAnswer({ definition: report }: ReportModel, object: ObjectModel, part?: Readonly<Record<string, unknown>>) {
  const { model } = useApp()
  const reader = useReader()
  const groupBy = useMemo(() => groupByOf(report.groupBy, object, model.objects), [object, report.groupBy, model.objects])
  const where = useMemo(() => {
    const rule = report.where === undefined ? undefined : { rule: report.where }
    return rule && part ? { and: [rule, part] } : (rule ?? part)
  }, [report.where, part])
  const { data, error, isPending } = useAggregate({ object, measures: measuresSelection(report.measures), groupBy, where })
  const rows = useMemo(() => rowsOf(report, object, (data ?? []) as unknown as Readonly<Record<string, unknown>>[]), [report, object, data])
  const drawn = useMemo(() => chartData(report, rows, object, reader), [report, rows, object, reader])
  return { rows, drawn, error, isPending }
}
