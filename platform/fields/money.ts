import { decimalClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, type Named } from './field.js'
import { type Digits, numberFromText, parseDecimal } from './number-text.js'
import { formatMoney } from './reading.js'

const digits = (): Digits => ({ precision: 19, scale: 4 })

/** An exact amount. Where its currency stands is the field's `currency`: the workspace's, the record's, or its own. */
export const money: Named<'money'> = fieldType({
  name: 'money',
  label: { en: 'Money', 'zh-CN': '金额' },
  group: 'number',
  sample: '¥48,200.00',
  options: optionsOf('min', 'max', 'currency'),
  class: () => decimalClass,
  columns: ({ currency }) => [{ suffix: '', type: 'numeric(19,4)' }, ...(currency === 'own' ? [{ suffix: 'Currency', type: 'text' }] : [])],
  writable: true,
  parse: (value, field) => parseDecimal(value, field, digits()),
  fromText: numberFromText((value, field) => money.parse(value, field)),
  format: (value, _field, { locale, currency, mixedCurrencies }) => formatMoney(value, locale, currency, mixedCurrencies),
  schema: () => ({ type: 'string' }),
  converts: { decimal: 'keeps', integer: 'keeps', text: 'parses' },
  examples: {
    field: { min: '0' },
    valid: ['0', '9.99', '10', '1234.5'],
    invalid: [9.99, '-1', 'x', '1.23456', '1000000000000000'],
    texts: [
      ['¥ 1,200.00', '1200'],
      ['1.2万', '12000'],
      ['CNY 5', '5'],
    ],
  },
})
