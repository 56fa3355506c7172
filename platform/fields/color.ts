import { choiceClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, type Named, type Parsed } from './field.js'
import { asWritten } from './reading.js'
import { expected, plain } from './value-text.js'

/** A colour as six hexadecimal digits in small letters: `#1677ff`. */
export const color: Named<'color'> = fieldType({
  name: 'color',
  label: { en: 'Colour', 'zh-CN': '颜色' },
  group: 'choice',
  sample: '#1677ff',
  options: optionsOf(),
  class: () => choiceClass,
  columns: () => [{ suffix: '', type: 'text' }],
  writable: true,
  parse: value =>
    value === null || value === undefined || value === '' ? fits(null) : typeof value === 'string' ? normal(value) : expected('color'),
  fromText: typed => (plain(typed) === '' ? fits(null) : normal(plain(typed).replace(/^#?/, '#'))),
  format: asWritten,
  schema: () => ({ type: 'string', pattern: '^#[0-9a-f]{6}$' }),
  converts: { text: 'parses' },
  examples: {
    field: {},
    valid: ['#000000', '#1677ff', '#ffffff'],
    invalid: ['red', '#12', '1677ff', '#1677fg', 5],
    texts: [
      ['#1677FF', '#1677ff'],
      ['fff', '#ffffff'],
      ['', null],
    ],
  },
})

/** Three digits stand for six, each twice. */
function normal(text: string): Parsed {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1]?.toLowerCase()
  return digits === undefined ? expected('color') : fits(`#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`)
}
