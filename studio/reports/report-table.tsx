import type { ReportDefinition } from '@tessera/platform/definitions/report.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { keyText, measureLabel, measureText, type ReportRow } from '@tessera/platform/reports/result.js'
import { Link } from 'react-router'
import { objectPath } from '../api/addresses.js'
import { useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { type Condition, writeConditions } from '../fields/conditions.js'
import { OptionTag } from '../ui/tag.js'
import { useReader } from './reader.js'

interface ReportTableProps {
  report: ReportDefinition
  object: ObjectModel
  rows: readonly ReportRow[]
}

/** The conditions that a group stands for, as far as a list can lay them. */
function conditionsOf(report: ReportDefinition, object: ObjectModel, row: ReportRow): Condition[] {
  return report.groupBy.flatMap(({ field: name }, index): Condition[] => {
    const field = object.fields[name]
    const key = row.keys[index]
    if (field?.class.name !== 'choice' || field.currencyOf !== null || typeof key !== 'string') return []
    return [{ field: name, operator: 'in', value: [key] }]
  })
}

/** The numbers of a report; each group leads to its records. */
export function ReportTable({ report, object, rows }: ReportTableProps) {
  const reader = useReader()
  const label = useLabel()
  const name = useAppName()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
    <div className="report-scroll" tabIndex={0} role="group" aria-label={label(report.label)}>
      <table className="report-table">
        <thead>
          <tr>
            {report.groupBy.map(({ field }) => (
              <th key={field} scope="col">
                {label(object.fields[field]?.label) || field}
              </th>
            ))}
            {report.measures.map(measure => (
              <th key={measure.name} scope="col" className="right">
                {measureLabel(measure, object, reader)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => {
            const conditions = conditionsOf(report, object, row)
            return (
              <tr key={row.keys.join(' ')}>
                {report.groupBy.map((grouping, index) => {
                  const text = keyText(grouping, row.keys[index], object, reader)
                  const option = object.fields[grouping.field]?.definition.options?.find(each => each.value === row.keys[index])
                  const shown = option ? <OptionTag label={text} color={option.color as string | undefined} /> : text
                  return (
                    <td key={grouping.field}>
                      {index === 0 && conditions.length > 0 ? (
                        <Link to={`${objectPath(name, object.name)}?f=${encodeURIComponent(writeConditions(conditions))}`}>{shown}</Link>
                      ) : (
                        shown
                      )}
                    </td>
                  )
                })}
                {report.measures.map(measure => (
                  <td key={measure.name} className="right num">
                    {measureText(report, measure, row, object, reader)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
