import { textClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, type Named } from './field.js'
import { asWritten } from './reading.js'
import { parseText } from './value-text.js'

/** One line of text; spaces at the ends are cut, an empty text is no value. */
export const text: Named<'text'> = fieldType({
  name: 'text',
  label: { en: 'Text', 'zh-CN': '单行文本' },
  group: 'text',
  sample: { en: 'Blue notebook', 'zh-CN': '蓝色笔记本' },
  options: optionsOf('minLength', 'maxLength', 'pattern'),
  class: () => textClass,
  columns: () => [{ suffix: '', type: 'text' }],
  writable: true,
  parse: (value, field) => parseText(typeof value === 'string' ? value.replace(/[\r\n]+/g, ' ') : value, field, 255),
  fromText: (typed, field) => (typed.trim() === '' ? fits(null) : text.parse(typed, field)),
  format: asWritten,
  schema: field => ({ type: 'string', maxLength: field.maxLength ?? 255 }),
  converts: {
    longText: 'parses',
    integer: 'keeps',
    decimal: 'keeps',
    percent: 'keeps',
    money: 'keeps',
    boolean: 'keeps',
    date: 'keeps',
    dateTime: 'keeps',
    time: 'keeps',
    duration: 'keeps',
    rating: 'keeps',
    tags: 'parses',
    color: 'keeps',
    select: 'keeps',
    currency: 'keeps',
    email: 'keeps',
    phone: 'keeps',
    url: 'keeps',
    autonumber: 'keeps',
  },
  examples: {
    field: { maxLength: 20 },
    valid: ['10', '9', 'Zoe', 'a b'],
    invalid: [1, true, ['x'], 'x'.repeat(21), 'a\u0000b', '\ud800'],
    texts: [
      ['  hello ', 'hello'],
      ['', null],
    ],
  },
})
