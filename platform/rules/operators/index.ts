import { registerOf } from '../../registry.js'
import type { Abbreviation, Operator } from '../operator.js'
import { abs, add, divide, max, min, multiply, remainder, round, subtract } from './arithmetic.js'
import { between, equal, greater, greaterOrEqual, isIn, less, lessOrEqual, unequal } from './comparison.js'
import { addDays, dayOfMonth, diffDays, month, startOf, year } from './dates.js'
import { and, choose, holdsTrue, not, or } from './logic.js'
import { coalesce, isEmpty } from './nulls.js'
import { changed, withDefault } from './reading.js'
import { cat, contains, endsWith, length, lower, startsWith, substr, upper } from './text.js'

/** Every operator that is computed. */
export const operators: Readonly<Record<string, Operator>> = registerOf([
  and,
  or,
  not,
  holdsTrue,
  choose,
  equal,
  unequal,
  less,
  lessOrEqual,
  greater,
  greaterOrEqual,
  between,
  isIn,
  add,
  subtract,
  multiply,
  divide,
  remainder,
  min,
  max,
  round,
  abs,
  cat,
  length,
  lower,
  upper,
  startsWith,
  endsWith,
  contains,
  substr,
  addDays,
  diffDays,
  year,
  month,
  dayOfMonth,
  startOf,
  coalesce,
  isEmpty,
])

/** Every operator that is written in others. */
export const abbreviations: Readonly<Record<string, Abbreviation>> = registerOf([withDefault, changed])

/** The names of all operators. */
export const operatorNames: readonly string[] = [...new Set([...Object.keys(operators), ...Object.keys(abbreviations)])]
