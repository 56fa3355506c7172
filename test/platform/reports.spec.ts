import { describe, expect, it } from '@jest/globals'
import type { ReportDefinition } from '@tessera/platform/definitions/report.js'
import { fewSeries } from '@tessera/platform/reports/chart-data.js'
import { chartData, groupByOf, keyText, measuresSelection, measureText, rowsOf } from '@tessera/platform/reports/result.js'
import { deal, model } from '../support/deal-model.js'

const report: ReportDefinition = {
  report: 'byStage',
  label: { en: 'By stage', 'zh-CN': '按阶段' },
  object: 'deal',
  groupBy: [{ field: 'stage' }, { field: 'currency' }],
  measures: [
    { name: 'total', sum: 'amount' },
    { name: 'deals', count: 'id' },
  ],
  chart: { type: 'bar', x: 'stage', y: 'total', series: 'currency' },
}
const reader = { locale: 'en', timeZone: 'UTC', currency: 'CNY', words: { empty: 'Empty', count: 'Records' } } as const
const groups = [
  { keys: ['won', 'CNY'], count: 2, sum: { amount: '30' } },
  { keys: [null, 'CNY'], count: 1, sum: { amount: null } },
  { keys: ['open', 'USD'], count: 1, sum: { amount: '7.5' } },
  { keys: ['open', 'CNY'], count: 3, sum: { amount: '12' } },
]

describe('what a report asks', () => {
  it('is each measure once, and groups of relations by their titles', () => {
    const measures = [...report.measures, { name: 'again', sum: 'amount' }, { name: 'most', max: 'amount' }]
    expect(measuresSelection(measures)).toBe('count sum { amount } max { amount }')
    expect(groupByOf([{ field: 'stage' }, { field: 'createdAt', by: 'month' }, { field: 'party' }], deal, model.objects)).toEqual([
      { stage: {} },
      { createdAt: { by: 'MONTH' } },
      { party: { name: {} } },
    ])
  })
})

describe('the result of a report', () => {
  const rows = rowsOf(report, deal, groups)

  it('is rows in the order of the options, measures by their names', () => {
    expect(rows).toEqual([
      { keys: ['open', 'CNY'], values: { total: '12', deals: '3' } },
      { keys: ['open', 'USD'], values: { total: '7.5', deals: '1' } },
      { keys: ['won', 'CNY'], values: { total: '30', deals: '2' } },
      { keys: [null, 'CNY'], values: { total: null, deals: '1' } },
    ])
  })

  it('calls groups by their labels and writes amounts in the currency of their group', () => {
    expect([keyText({ field: 'stage' }, 'won', deal, reader), keyText({ field: 'stage' }, null, deal, reader)]).toEqual(['Won', 'Empty'])
    expect(keyText({ field: 'createdAt', by: 'month' }, '2026-03-01', deal, reader)).toBe('2026-03')
    const [total, count] = report.measures
    const texts = rows.map(
      row => total && count && [measureText(report, total, row, deal, reader), measureText(report, count, row, deal, reader)],
    )
    expect(texts[1]?.[0]).toMatch(/7\.50/)
    expect(texts[1]?.[0]).not.toBe(texts[0]?.[0])
    expect(texts.at(-1)).toEqual(['—', '1'])
  })

  it('is drawn as categories and one series for each value of the second grouping', () => {
    const drawn = chartData(report, rows, deal, reader)
    expect(drawn && { categories: drawn.categories, series: drawn.series, label: drawn.label }).toEqual({
      label: 'By stage',
      categories: ['Open', 'Won', 'Empty'],
      series: [
        { name: expect.stringContaining('CNY'), values: ['12', '30', null] },
        { name: expect.stringContaining('USD'), values: ['7.5', null, null] },
      ],
    })
    const { chart: _, ...plain } = report
    expect(chartData(plain, rows, deal, reader)).toBeUndefined()
  })

  it('has at most six series, the rest added up', () => {
    const series = Array.from({ length: 8 }, (_, index) => ({ name: `${index}`, values: [String(index)] }))
    const few = fewSeries({ categories: ['a'], series, text: String, label: '' }, 'Others')
    expect([few.series.length, few.series.at(-1)]).toEqual([6, { name: 'Others', values: ['18'] }])
  })
})
