import { decimalClass } from './classes.js'
import type { FieldDefinition } from './definition.js'
import { optionsOf } from './definition.js'
import { fieldType, type Named } from './field.js'
import { type Digits, numberFromText, parseDecimal } from './number-text.js'
import { formatNumber } from './reading.js'

const digits = ({ precision = 19, scale = 6 }: FieldDefinition): Digits => ({ precision, scale })

/** An exact decimal; 19 digits, 6 of them behind the point, unless the field says otherwise. */
export const decimal: Named<'decimal'> = fieldType({
  name: 'decimal',
  label: { en: 'Decimal number', 'zh-CN': '小数' },
  group: 'number',
  sample: '12.50',
  options: optionsOf('min', 'max', 'precision', 'scale'),
  class: () => decimalClass,
  columns: field => [{ suffix: '', type: `numeric(${digits(field).precision},${digits(field).scale})` }],
  writable: true,
  parse: (value, field) => parseDecimal(value, field, digits(field)),
  fromText: numberFromText((value, field) => decimal.parse(value, field)),
  format: (value, field, { locale }) => formatNumber(value, locale, digits(field).scale),
  schema: () => ({ type: 'string' }),
  converts: { integer: 'keeps', percent: 'keeps', money: 'keeps', text: 'parses' },
  examples: {
    field: { precision: 6, scale: 2, max: '999' },
    valid: ['-1.5', '0', '9.25', '10'],
    invalid: [0.15, 'x', '1.234', '1000', '99999', true],
    texts: [
      ['123.5', '123.5'],
      ['0.1k', '100'],
      ['12.50', '12.5'],
      ['(3)', '-3'],
    ],
  },
})
