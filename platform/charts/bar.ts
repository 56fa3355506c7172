import { chart } from './chart.js'

/** Bars, one for each value of `x`, side by side or stacked by `series`. */
export const bar = chart({ name: 'bar', label: { en: 'Bars', 'zh-CN': '柱状图' } })
