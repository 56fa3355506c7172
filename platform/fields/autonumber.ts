import { textClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, type Named } from './field.js'
import { asWritten } from './reading.js'
import { parseText } from './value-text.js'

/** A number that each new record draws from a counter, such as OPP-2026-00042; never used twice. An import may bring its own. */
export const autonumber: Named<'autonumber'> = fieldType({
  name: 'autonumber',
  label: { en: 'Automatic number', 'zh-CN': '自动编号' },
  group: 'computed',
  sample: 'A-00042',
  options: optionsOf('format'),
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

/**
 * The text of a drawn number.
 * @param format such as `OPP-{YYYY}{MM}-{seq:5}`; `{seq:5}` is the number with at least five digits
 * @param day today, `YYYY-MM-DD`, in the workspace's zone
 */
export const numberText = (format: string | undefined, number: bigint | number, day: string): string =>
  (format ?? '{seq:5}')
    .replaceAll('{YYYY}', day.slice(0, 4))
    .replaceAll('{YY}', day.slice(2, 4))
    .replaceAll('{MM}', day.slice(5, 7))
    .replaceAll('{DD}', day.slice(8, 10))
    .replace(/\{seq(?::(\d{1,2}))?\}/, (_, width?: string) => String(number).padStart(Number(width ?? 0), '0'))
