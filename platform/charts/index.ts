import { registerOf } from '../registry.js'
import { bar } from './bar.js'
import type { Chart } from './chart.js'

const all = [bar] as const

export type ChartName = (typeof all)[number]['name']

/** Every chart, by name. */
export const charts: Readonly<Record<string, Chart>> = registerOf<Chart>(all)
