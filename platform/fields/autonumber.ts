import { Type } from '@sinclair/typebox'
import { textClass } from './classes.js'
import { numberModes, optionsOf } from './definition.js'
import { fieldType, fits, type Named } from './field.js'
import { asWritten } from './reading.js'
import { parseText } from './value-text.js'

/** A number that each new record draws from a counter, such as OPP-2026-00042; never used twice. An import may bring its own. What its format says stands in `number-format.ts`. */
export const autonumber: Named<'autonumber'> = fieldType({
  name: 'autonumber',
  label: { en: 'Automatic number', 'zh-CN': '自动编号' },
  group: 'computed',
  sample: 'A-00042',
  options: Type.Object(
    {
      ...optionsOf('format', 'reset', 'per').properties,
      mode: Type.Optional(
        Type.Union([...numberModes], {
          description: 'Whether numbers have no gaps, or are drawn in blocks by each node; gapless, unless said',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  class: () => textClass,
  columns: () => [{ suffix: '', type: 'text' }],
  writable: false,
  parse: (value, field) => parseText(value, field, 60),
  fromText: (typed, field) => (typed.trim() === '' ? fits(null) : autonumber.parse(typed, field)),
  format: asWritten,
  schema: () => ({ type: 'string', readOnly: true }),
  converts: { text: 'keeps', integer: 'keeps' },
  examples: { field: { format: 'A-{seq:4}' }, valid: ['A-0001', 'A-0002'], invalid: [1, 'a\u0000'], texts: [['A-0007', 'A-0007']] },
})
