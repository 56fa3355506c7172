import { optionLabel } from './choice.js'
import {
  booleanClass,
  choiceClass,
  dateClass,
  dateTimeClass,
  decimalClass,
  durationClass,
  textClass,
  timeClass,
  type ValueClass,
} from './classes.js'
import { type FieldDefinition, optionsOf } from './definition.js'
import { duration } from './duration.js'
import { fieldType, type Named, type TextContext } from './field.js'
import { asWritten, formatDate, formatDateTime, formatMoney, formatNumber, formatPercent } from './reading.js'
import { time } from './time.js'
import { expected } from './value-text.js'

interface Result {
  readonly class: ValueClass
  /** Of a value that is kept. */
  readonly column: string
  readonly format: (value: unknown, context: TextContext, field: FieldDefinition) => string
}

const results: Readonly<Record<string, Result>> = {
  text: { class: textClass, column: 'text', format: value => asWritten(value) },
  select: {
    class: choiceClass,
    column: 'text',
    format: (value, { locale }, field) => (typeof value === 'string' ? optionLabel(field, value, locale) : ''),
  },
  integer: { class: decimalClass, column: 'numeric', format: (value, { locale }) => formatNumber(value, locale, 0) },
  decimal: { class: decimalClass, column: 'numeric', format: (value, { locale }) => formatNumber(value, locale, 6) },
  percent: { class: decimalClass, column: 'numeric', format: (value, { locale }) => formatPercent(value, locale) },
  money: {
    class: decimalClass,
    column: 'numeric',
    format: (value, { locale, currency, mixedCurrencies }) => formatMoney(value, locale, currency, mixedCurrencies),
  },
  boolean: { class: booleanClass, column: 'boolean', format: value => (value === null || value === undefined ? '' : value ? '✓' : '✗') },
  date: { class: dateClass, column: 'date', format: (value, { locale }) => formatDate(value, locale) },
  dateTime: {
    class: dateTimeClass,
    column: 'timestamptz(3)',
    format: (value, { locale, timeZone, today }) => formatDateTime(value, locale, timeZone, today),
  },
  time: {
    class: timeClass,
    column: 'time(0) without time zone',
    format: (value, context) => time.format(value, { type: 'time' }, context),
  },
  duration: { class: durationClass, column: 'bigint', format: (value, context) => duration.format(value, { type: 'duration' }, context) },
}

const decimalResult: Result = { class: decimalClass, column: 'numeric', format: (value, { locale }) => formatNumber(value, locale, 6) }
/** What a computed field gives: its class, its column when it is kept, how it reads to people. */
export const resultOf = (field: FieldDefinition): Result => results[field.returns ?? 'decimal'] ?? decimalResult

/** A value computed from others by a rule: when it is read, or kept and recomputed when what it reads changes. Nobody writes it. */
export const formula: Named<'formula'> = fieldType({
  name: 'formula',
  label: { en: 'Formula', 'zh-CN': '公式' },
  group: 'computed',
  sample: 'ƒ 12,000',
  options: optionsOf('returns', 'rule', 'stored', 'currency', 'options'),
  class: field => resultOf(field).class,
  columns: field => (field.stored ? [{ suffix: '', type: resultOf(field).column }] : []),
  writable: false,
  parse: () => expected('number'),
  fromText: () => expected('number'),
  format: (value, field, context) => resultOf(field).format(value, context, field),
  schema: () => ({ readOnly: true }),
  converts: {},
  examples: { field: { returns: 'decimal', rule: { '+': [1, 2] } }, valid: [], invalid: [], texts: [] },
})
