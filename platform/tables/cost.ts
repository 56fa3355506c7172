import { type Sql } from '../sql/sql.js'
import type { Alteration, ChangePlan } from './diff.js'

/** Whom a step makes wait: nobody, whoever uses the table for a moment, or whoever writes one of the rows that it just writes itself. */
export type Waiting = 'nobody' | 'moment' | 'rows'

/** What a step of a publish is reckoned to take. */
export interface Cost {
  readonly do: Alteration['do'] | 'carryOver' | 'compute'
  readonly table: string
  /** The index, constraint, column or field; null for the table itself. */
  readonly name: string | null
  /** How many rows it goes through; 0 for none. */
  readonly rows: number
  readonly seconds: number
  readonly waits: Waiting
  /** Whether it is done before the version is live, or behind it while people work. */
  readonly isBehind: boolean
}

/** Microseconds for a row, as measured on 300,000 rows of a table of the demo on two busy cores; a computed value is taken to cost what a carried one does. */
const perRow = { tree: 3.5, inverted: 30, validate: 0.8, carryOver: 50, compute: 50 } as const
/** Seconds that a statement takes that touches no row, its commit among them. */
const moment = 0.01

/** What each step of a plan is reckoned to take, from the rough number of rows of its table. */
export const costsOf = (alterations: ChangePlan, rowsOf: (table: string) => number): Cost[] =>
  alterations.flatMap((alteration): Cost[] => {
    const table = typeof alteration.table === 'string' ? alteration.table : alteration.table.name
    const rows = rowsOf(table)
    const step = { do: alteration.do, table, name: nameIn(alteration), isBehind: alteration.phase !== 'expand' } as const
    const through = (each: number): Cost => ({ ...step, rows, seconds: moment + (rows * each) / 1e6, waits: 'nobody' })
    if (alteration.do === 'hideColumn' || alteration.do === 'hideTable') return []
    if (alteration.do === 'createIndex') return [through(isInverted(alteration.index.on) ? perRow.inverted : perRow.tree)]
    if (alteration.do === 'validateConstraint') return [through(perRow.validate)]
    return [{ ...step, rows: 0, seconds: moment, waits: alteration.do === 'createTable' ? 'nobody' : 'moment' }]
  })

/** What it is reckoned to take to carry the values of a field into another column, or to compute it anew, for each row of its table. */
export const fillCost = (deed: 'carryOver' | 'compute', table: string, name: string, rows: number): Cost => ({
  do: deed,
  table,
  name,
  rows,
  seconds: moment + (rows * perRow[deed]) / 1e6,
  waits: 'rows',
  isBehind: true,
})

function nameIn(alteration: Alteration): string | null {
  if ('index' in alteration) return alteration.index.name
  if ('constraint' in alteration) return alteration.constraint.name
  if (alteration.do === 'addColumn') return alteration.column.name
  return 'name' in alteration ? alteration.name : null
}

const isInverted = (method: Sql): boolean => /using gin/.test(String(method))
