import type { ChartData } from '@tessera/platform/reports/chart-data.js'
import { BarChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsType, init, use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { font, type Mode, optionColors, palettes, seriesOrder } from '../ui/theme.js'

register([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

export interface ChartProps {
  readonly data: ChartData
  readonly mode: Mode
}

/** Bars with their values on them; the same numbers stand in the table behind. */
export default function Bar({ data, mode }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)
  const latest = useRef(data)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const drawn = init(element, null, { renderer: 'svg' })
    chart.current = drawn
    const observer = new ResizeObserver(() => {
      drawn.resize()
      drawn.setOption({ xAxis: { axisLabel: { rotate: slant(latest.current.categories, drawn.getWidth()) } } })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      drawn.dispose()
    }
  }, [])
  useEffect(() => {
    latest.current = data
    chart.current?.setOption(optionsOf(data, mode, chart.current.getWidth()), true)
  }, [data, mode])
  return <div ref={place} className="chart" role="img" aria-label={data.label} />
}

const axisWidth = 64

/** Names that are wider than their bars' room stand slanted, so that none is left out. */
function slant(categories: readonly string[], width: number): number {
  const widest = Math.max(0, ...categories.map(name => [...name].reduce((sum, letter) => sum + (letter > '\u2e80' ? 12 : 7), 0)))
  return widest + 8 > (width - axisWidth) / Math.max(1, categories.length) ? 40 : 0
}

function optionsOf(data: ChartData, mode: Mode, width: number) {
  const palette = palettes[mode]
  const isMany = data.series.length > 1
  const colors = seriesOrder.map(name => optionColors[name][mode][2])
  return {
    animationDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 180,
    color: colors,
    textStyle: { fontFamily: font, fontSize: 12, color: palette.text2 },
    grid: { left: 8, right: 16, top: isMany ? 40 : 24, bottom: 8, outerBoundsMode: 'same' },
    legend: { show: isMany, top: 0, left: 0, icon: 'roundRect', itemWidth: 10, itemHeight: 10, textStyle: { color: palette.text2 } },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      backgroundColor: palette.elevated,
      borderColor: palette.border,
      textStyle: { color: palette.text },
    },
    xAxis: {
      type: 'category',
      data: [...data.categories],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.border } },
      axisLabel: { color: palette.text2, interval: 0, hideOverlap: true, rotate: slant(data.categories, width) },
    },
    yAxis: {
      type: 'value',
      splitLine: { lineStyle: { color: palette.borderSoft } },
      axisLabel: { color: palette.text3, formatter: (value: number) => data.text(value, 0) },
    },
    series: data.series.map((series, index) => ({
      type: 'bar',
      name: series.name,
      barMaxWidth: 48,
      itemStyle: { borderRadius: [3, 3, 0, 0] },
      label: {
        show: data.series.length <= 2,
        position: 'top',
        color: palette.text,
        fontSize: 12,
        formatter: ({ value }: { value: unknown }) => (value === null ? '' : data.text(Number(value), index)),
      },
      tooltip: { valueFormatter: (value: unknown) => (value === null || value === undefined ? '—' : data.text(Number(value), index)) },
      data: series.values.map(value => (value === null ? null : Number(value))),
    })),
  }
}
