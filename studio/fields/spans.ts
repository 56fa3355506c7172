import type { TFunction } from 'i18next'

/** Spans of days that a condition may name; `this:month` in the address. */
export const spans = [
  'this:day',
  'this:week',
  'this:month',
  'this:quarter',
  'this:year',
  'next:7',
  'next:30',
  'last:7',
  'last:30',
  'previous:month',
  'previous:quarter',
  'previous:year',
] as const

/** What a span is called. */
export const spanText = (span: string, t: TFunction): string => t(`span.${span.replace(':', '.')}`)

/** A span as the API's `DateSpan` has it: `{ this: MONTH }`, `{ last: { count: 7, unit: DAY } }`. */
export function spanInput(span: string): Readonly<Record<string, unknown>> {
  const [direction = 'this', unit = 'month'] = span.split(':')
  const days = Number(unit)
  return { [direction]: Number.isInteger(days) && days > 0 ? { count: days, unit: 'DAY' } : unit.toUpperCase() }
}
