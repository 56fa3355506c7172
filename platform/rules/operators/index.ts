import type { Label } from '../../label.js'
import { registerOf } from '../../registry.js'
import type { Binder } from '../binder.js'
import type { Abbreviation, Operator } from '../operator.js'
import * as aliases from './aliases.js'
import { abs, add, divide, max, min, multiply, remainder, round, subtract } from './arithmetic.js'
import * as bound from './binders.js'
import { addMonths, dayOfWeek, diffMonths, diffYears, endOf, quarter, week } from './calendar.js'
import { between, equal, greater, greaterOrEqual, isIn, less, lessOrEqual, unequal } from './comparison.js'
import { addDays, dayOfMonth, diffDays, month, startOf, year } from './dates.js'
import { addDuration, elapsed, hour, instantOf, minute, ofSeconds, seconds, timeOf } from './instants.js'
import { compact, containsAll, containsAny, distinct, first, last, merge } from './lists.js'
import { and, choose, holdsTrue, not, or } from './logic.js'
import { coalesce, isEmpty } from './nulls.js'
import { ceil, floor, numberOf, power } from './numbers.js'
import { changed, withDefault } from './reading.js'
import { cat, contains, endsWith, indexOf, length, lower, startsWith, substr, upper } from './text.js'
import { asText, joined, padStart, replace, split, trim } from './text-changes.js'
import { within } from './trees.js'
import { addWorkdays, isWorkday, workdaysBetween } from './workdays.js'

/** Operators that belong together. */
export interface Family {
  readonly name: string
  readonly label: Label
  readonly operators: readonly Operator[]
  readonly abbreviations: readonly Abbreviation[]
  readonly binders?: readonly Binder[]
}

const { strictEqual, strictUnequal, conditional, allOf, missing, missingSome, dateOf, addYears, diffSeconds, diffHours } = aliases

/** Every operator that is computed, and every one that is written in others, by family. */
export const families: readonly Family[] = [
  {
    name: 'logic',
    label: { en: 'Conditions', 'zh-CN': '逻辑' },
    operators: [and, or, not, holdsTrue, choose],
    abbreviations: [conditional],
  },
  {
    name: 'comparison',
    label: { en: 'Comparison', 'zh-CN': '比较' },
    operators: [equal, unequal, less, lessOrEqual, greater, greaterOrEqual, between, isIn],
    abbreviations: [strictEqual, strictUnequal],
  },
  {
    name: 'values',
    label: { en: 'Fields and empty values', 'zh-CN': '字段与空值' },
    operators: [coalesce, isEmpty, within],
    abbreviations: [withDefault, changed, missing, missingSome],
  },
  {
    name: 'arithmetic',
    label: { en: 'Numbers', 'zh-CN': '数值' },
    operators: [add, subtract, multiply, divide, remainder, min, max, round, ceil, floor, abs, power, numberOf],
    abbreviations: [],
  },
  {
    name: 'text',
    label: { en: 'Texts', 'zh-CN': '文本' },
    operators: [cat, length, lower, upper, trim, startsWith, endsWith, contains, substr, indexOf, replace, split, joined, padStart, asText],
    abbreviations: [aliases.equalsCi, aliases.containsCi, aliases.startsWithCi],
  },
  {
    name: 'dates',
    label: { en: 'Dates', 'zh-CN': '日期' },
    operators: [addDays, addMonths, diffDays, diffMonths, diffYears, startOf, endOf, year, quarter, month, week, dayOfMonth, dayOfWeek],
    abbreviations: [addYears, dateOf],
  },
  {
    name: 'times',
    label: { en: 'Times and durations', 'zh-CN': '时间与时长' },
    operators: [addDuration, elapsed, seconds, ofSeconds, timeOf, instantOf, hour, minute],
    abbreviations: [diffSeconds, diffHours],
  },
  {
    name: 'workdays',
    label: { en: 'Workdays', 'zh-CN': '工作日' },
    operators: [isWorkday, workdaysBetween, addWorkdays],
    abbreviations: [],
  },
  {
    name: 'lists',
    label: { en: 'Lists and rows', 'zh-CN': '列表与明细' },
    operators: [containsAny, containsAll, first, last, distinct, compact, merge],
    abbreviations: [allOf],
    binders: [
      bound.some,
      bound.every,
      bound.none,
      bound.count,
      bound.sum,
      bound.avg,
      bound.minOf,
      bound.maxOf,
      bound.map,
      bound.filter,
      bound.reduce,
    ],
  },
]

/** Every operator that is computed, by name. */
export const operators: Readonly<Record<string, Operator>> = registerOf(families.flatMap(family => family.operators))

/** Every operator that is written in others, by name. */
export const abbreviations: Readonly<Record<string, Abbreviation>> = registerOf(families.flatMap(family => family.abbreviations))

/** Every operator that goes through rows or lists with a body, by name. */
export const binders: Readonly<Record<string, Binder>> = registerOf(families.flatMap(family => family.binders ?? []))

/** The names of all operators. */
export const operatorNames: readonly string[] = [...new Set([operators, abbreviations, binders].flatMap(Object.keys))]
