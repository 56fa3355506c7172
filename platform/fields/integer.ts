import { integerClass } from './classes.js'
import { type FieldDefinition, optionsOf } from './definition.js'
import { fieldType, fits, type Named } from './field.js'
import { numberFromText, parseDecimal } from './number-text.js'
import { asWritten, formatNumber } from './reading.js'
import { expected } from './value-text.js'

const largest = 2_147_483_647

// A number that can only have four digits is a year or a code: 2014, never 2,014.
const isOfFourDigits = ({ min, max }: FieldDefinition): boolean => Number(min ?? 0) >= 1000 && Number(max ?? Infinity) <= 9999

/** A whole number of 32 bits, as GraphQL's Int. */
export const integer: Named<'integer'> = fieldType({
  name: 'integer',
  label: { en: 'Whole number', 'zh-CN': '整数' },
  group: 'number',
  sample: '42',
  options: optionsOf('min', 'max'),
  class: () => integerClass,
  columns: () => [{ suffix: '', type: 'integer' }],
  writable: true,
  parse: (value, field) => {
    if (value === null || value === undefined || value === '') return fits(null)
    if (typeof value !== 'number' && typeof value !== 'string') return expected('integer')
    const parsed = parseDecimal(value, { min: -largest - 1, max: largest, ...field }, { precision: 30, scale: 0 })
    if ('misfit' in parsed) return parsed.misfit.code === 'VALUE_SCALE' ? expected('integer') : parsed
    return fits(parsed.value === null ? null : Number(parsed.value))
  },
  fromText: numberFromText((value, field) => integer.parse(value, field)),
  format: (value, field, { locale }) => (isOfFourDigits(field) ? asWritten(value) : formatNumber(value, locale, 0)),
  schema: field => ({
    type: 'integer',
    ...(field.min === undefined ? {} : { minimum: Number(field.min) }),
    ...(field.max === undefined ? {} : { maximum: Number(field.max) }),
  }),
  converts: { rating: 'keeps', decimal: 'parses', percent: 'parses', money: 'parses', text: 'parses', boolean: 'keeps' },
  examples: {
    field: { min: -5 },
    valid: [-5, 0, 9, 10],
    invalid: [-6, 1.5, 'x', 2_147_483_648, true],
    texts: [
      ['1,200', 1200],
      ['1.2万', 12000],
      ['１２', 12],
      ['', null],
    ],
  },
})
