import { decimalClass } from './classes.js'
import type { FieldDefinition } from './definition.js'
import { optionsOf } from './definition.js'
import { fieldType, type Named } from './field.js'
import { type Digits, numberFromText, parseDecimal } from './number-text.js'
import { formatPercent } from './reading.js'

const digits = ({ scale = 4 }: FieldDefinition): Digits => ({ precision: 12, scale })

/** A share of one, exact: 0.15 is shown as 15 %. Rounded half away from zero, as money. */
export const percent: Named<'percent'> = fieldType({
  name: 'percent',
  label: { en: 'Percent', 'zh-CN': '百分比' },
  group: 'number',
  sample: '15%',
  options: optionsOf('min', 'max', 'scale'),
  class: () => decimalClass,
  columns: field => [{ suffix: '', type: `numeric(12,${digits(field).scale})` }],
  writable: true,
  parse: (value, field) => parseDecimal(value, field, digits(field)),
  fromText: numberFromText((value, field) => percent.parse(value, field)),
  format: (value, _field, { locale }) => formatPercent(value, locale),
  schema: () => ({ type: 'string' }),
  converts: { decimal: 'keeps', integer: 'keeps', text: 'parses' },
  examples: {
    field: { max: '1' },
    valid: ['0', '0.0525', '0.15', '1'],
    invalid: [0.15, 'x', '1.5', '0.12345'],
    texts: [
      ['15%', '0.15'],
      ['0.2', '0.2'],
      ['１５％', '0.15'],
    ],
  },
})
