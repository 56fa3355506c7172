import type { Label } from '../label.js'

/** A way to draw the answer of a report. */
export interface Chart {
  readonly name: string
  readonly label: Label
}

/** Declares a chart. */
export const chart = <N extends string>(declared: Chart & { readonly name: N }): Chart & { readonly name: N } => Object.freeze(declared)
