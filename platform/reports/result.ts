import type { ReportDefinition } from '../definitions/report.js'
import { formatShortMoney } from '../fields/reading.js'
import { type Locale, labelOf } from '../label.js'
import type { FieldModel, ObjectModel } from '../model/model.js'
import { titleName } from '../model/seen.js'
import { durationText } from '../rules/durations.js'
import type { ChartData } from './chart-data.js'

type Measure = ReportDefinition['measures'][number]
type Grouping = ReportDefinition['groupBy'][number]

const functions = ['sum', 'avg', 'min', 'max', 'countDistinct'] as const

/** Who reads a report: their language, zone and currency, and the words for what has no name of its own. */
export interface Reader {
  readonly locale: Locale
  readonly timeZone: string
  readonly currency: string
  /** What the group of no value is called, and a count. */
  readonly words: { readonly empty: string; readonly count: string }
}

/** One row of a report: the keys of its group and its measures by name. */
export interface ReportRow {
  readonly keys: readonly unknown[]
  readonly values: Readonly<Record<string, string | null>>
}

/** What to ask of the aggregate for a report's measures: `count sum { amount }`. */
export function measuresSelection(measures: readonly Measure[]): string {
  const parts = functions.flatMap(name => {
    const fields = [...new Set(measures.flatMap(measure => measure[name] ?? []))]
    return fields.length > 0 ? [`${name} { ${fields.join(' ')} }`] : []
  })
  return ['count', ...parts].join(' ')
}

/** The grouping of a report as the aggregate takes it; related records by their title. */
export function groupByOf(
  groupBy: readonly Grouping[],
  object: ObjectModel,
  objects: Readonly<Record<string, ObjectModel>>,
): Record<string, unknown>[] {
  return groupBy.map(({ field: name, by }) => {
    const field = object.fields[name]
    const to = field?.relation?.to ? objects[field.relation.to] : undefined
    if (field && to) return { [field.name]: { [titleName(to)]: {} } }
    return { [field?.key ?? name]: by ? { by: by.toUpperCase() } : {} }
  })
}

const measured = (measure: Measure, group: Readonly<Record<string, unknown>>): string | null => {
  if (measure.count !== undefined) return String(group.count ?? 0)
  const name = functions.find(each => measure[each] !== undefined)
  const field = name && measure[name]
  const value = name && field ? (group[name] as Record<string, unknown> | undefined)?.[field] : null
  return value === null || value === undefined ? null : String(value)
}

const optionOrder = (field: FieldModel | undefined, key: unknown): number => {
  const at = (field?.definition.options ?? []).findIndex(option => option.value === key)
  return at < 0 ? Number.MAX_SAFE_INTEGER : at
}

/** The groups of an aggregate as rows of a report; groups of a choice stand in the order of its options. */
export function rowsOf(report: ReportDefinition, object: ObjectModel, groups: readonly Readonly<Record<string, unknown>>[]): ReportRow[] {
  const rows = groups.map(
    (group): ReportRow => ({
      keys: group.keys as unknown[],
      values: Object.fromEntries(report.measures.map(measure => [measure.name, measured(measure, group)])),
    }),
  )
  const fields = report.groupBy.map(({ field }) => object.fields[field])
  return rows.sort((left, right) => {
    for (const [index, field] of fields.entries()) {
      const byOption = optionOrder(field, left.keys[index]) - optionOrder(field, right.keys[index])
      const order = byOption || String(left.keys[index] ?? '').localeCompare(String(right.keys[index] ?? ''))
      if (order !== 0) return order
    }
    return 0
  })
}

/** What a group is called. */
export function keyText(grouping: Grouping, key: unknown, object: ObjectModel, reader: Reader): string {
  if (key === null || key === undefined || key === '') return reader.words.empty
  const field = object.fields[grouping.field]
  if (!field || field.relation) return String(key)
  if (grouping.by === 'month') return String(key).slice(0, 7)
  if (grouping.by === 'year') return String(key).slice(0, 4)
  return field.type.format(key, field.definition, reader) || String(key)
}

/** The field that a measure is taken of; undefined for a count. */
export function measureField(measure: Measure, object: ObjectModel): FieldModel | undefined {
  const name = functions.map(each => measure[each]).find(each => each !== undefined)
  return name === undefined || measure.countDistinct !== undefined ? undefined : object.fields[name]
}

const isAmount = (field: FieldModel | undefined): boolean => field?.type.name === 'money' || field?.definition.returns === 'money'

/** The currency of a row's amounts: the group's, when the report groups by one. */
function currencyOf(report: ReportDefinition, object: ObjectModel, row: Pick<ReportRow, 'keys'>, reader: Reader): string {
  const at = report.groupBy.findIndex(({ field }) => object.fields[field]?.type.name === 'currency')
  const key = at < 0 ? undefined : row.keys[at]
  return typeof key === 'string' && key !== '' ? key : reader.currency
}

/** A measure of a row in words. */
export function measureText(report: ReportDefinition, measure: Measure, row: ReportRow, object: ObjectModel, reader: Reader): string {
  const value = row.values[measure.name] ?? null
  const field = measureField(measure, object)
  if (value === null) return '—'
  return field
    ? field.type.format(value, field.definition, { ...reader, currency: currencyOf(report, object, row, reader) })
    : Number(value).toLocaleString('en')
}

export const measureLabel = (measure: Measure, object: ObjectModel, reader: Reader): string => {
  const field = measureField(measure, object)
  const own = labelOf(measure.label, reader.locale)
  return own || (field ? labelOf(field.label, reader.locale) : measure.count === undefined ? measure.name : reader.words.count)
}

/** A measure as a chart draws it: durations by their seconds. */
const drawn = (field: FieldModel | undefined, value: string | null): string | null =>
  value === null || !field?.class.stored ? value : String(field.class.stored(value))

/** The rows of a report as its chart draws them; undefined when it has no chart. */
export function chartData(
  report: ReportDefinition,
  rows: readonly ReportRow[],
  object: ObjectModel,
  reader: Reader,
): ChartData | undefined {
  const { chart } = report
  if (!chart) return undefined
  const x = report.groupBy.findIndex(({ field }) => field === chart.x)
  const s = chart.series === undefined ? -1 : report.groupBy.findIndex(({ field }) => field === chart.series)
  const grouping = report.groupBy[x]
  const measure = report.measures.find(each => each.name === chart.y)
  if (!grouping || !measure) return undefined
  const categories = [...new Set(rows.map(row => row.keys[x]))]
  const names = s < 0 ? [undefined] : [...new Set(rows.map(row => row.keys[s]))]
  const field = measureField(measure, object)
  const seriesGrouping = report.groupBy[s]
  const currencies = names.map(name =>
    seriesGrouping && object.fields[seriesGrouping.field]?.type.name === 'currency' && typeof name === 'string' ? name : reader.currency,
  )
  return {
    label: labelOf(report.label, reader.locale),
    categories: categories.map(key => keyText(grouping, key, object, reader)),
    series: names.map(name => ({
      name: seriesGrouping ? keyText(seriesGrouping, name, object, reader) : measureLabel(measure, object, reader),
      values: categories
        .map(key => rows.find(row => row.keys[x] === key && (s < 0 || row.keys[s] === name))?.values[measure.name] ?? null)
        .map(value => drawn(field, value)),
    })),
    text: (value, series) =>
      isAmount(field)
        ? formatShortMoney(value, reader.locale, names.length > 1 && series === 0 ? undefined : currencies[series])
        : field?.class.stored
          ? field.type.format(durationText(Math.round(value)), field.definition, reader)
          : new Intl.NumberFormat(reader.locale, { notation: 'compact', maximumFractionDigits: 2 }).format(value),
  }
}
