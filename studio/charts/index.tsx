import { type ChartName, charts } from '@tessera/platform/charts/index.js'
import { type ComponentType, lazy } from 'react'
import type { ChartProps } from './bar.js'

/** How each chart is drawn; the drawing comes when a page has one. */
const drawings: Readonly<Record<ChartName, ComponentType<ChartProps>>> = {
  bar: lazy(() => import('./bar.js')),
}

/** The drawing of a chart by its name; undefined for one that is not known. */
export const drawingOf = (name: string | undefined): ComponentType<ChartProps> | undefined =>
  name !== undefined && Object.hasOwn(charts, name) ? drawings[name as ChartName] : undefined
