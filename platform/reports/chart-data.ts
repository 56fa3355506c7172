/** The answer of a report as a chart draws it: categories along x, one row of values for each series. */
export interface ChartData {
  readonly categories: readonly string[]
  readonly series: readonly { readonly name: string; readonly values: readonly (string | null)[] }[]
  /** A value as its label says it. */
  readonly text: (value: number, series: number) => string
  readonly label: string
}

const mostSeries = 6

/** At most six series; what is beyond is added up as one more. */
export function fewSeries(data: ChartData, otherName: string): ChartData {
  if (data.series.length <= mostSeries) return data
  const rest = data.series.slice(mostSeries - 1)
  const values = data.categories.map((_, index) => String(rest.reduce((sum, each) => sum + Number(each.values[index] ?? 0), 0)))
  return { ...data, series: [...data.series.slice(0, mostSeries - 1), { name: otherName, values }] }
}
