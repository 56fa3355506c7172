import type { ObjectModel, ReportModel } from '@tessera/platform/model/model.js'
import { type ComponentType, createContext } from 'react'

interface RecordReportProps {
  readonly report: ReportModel
  readonly object: ObjectModel
  readonly title: string
  /** The records of the report that belong to the record, as the API takes it. */
  readonly where: Readonly<Record<string, unknown>>
}

/** What draws a report about a record; reports stand to the right of records, so whoever stands around both gives it. */
export const RecordReports = createContext<ComponentType<RecordReportProps> | null>(null)
