import { longTextClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, type Named } from './field.js'
import { asWritten } from './reading.js'
import { parseText } from './value-text.js'

/** Text of several lines. */
export const longText: Named<'longText'> = fieldType({
  name: 'longText',
  label: { en: 'Long text', 'zh-CN': '多行文本' },
  group: 'text',
  sample: { en: 'Notes over several lines', 'zh-CN': '可以写多行的备注' },
  options: optionsOf('minLength', 'maxLength'),
  class: () => longTextClass,
  columns: () => [{ suffix: '', type: 'text' }],
  writable: true,
  parse: (value, field) => parseText(value, field, 50_000),
  fromText: (typed, field) => (typed.trim() === '' ? fits(null) : longText.parse(typed, field)),
  format: asWritten,
  schema: field => ({ type: 'string', maxLength: field.maxLength ?? 50_000 }),
  converts: {
    text: 'keeps',
    select: 'keeps',
    email: 'keeps',
    phone: 'keeps',
    url: 'keeps',
    integer: 'keeps',
    decimal: 'keeps',
    date: 'keeps',
  },
  examples: { field: { maxLength: 30 }, valid: ['one\ntwo', 'two'], invalid: [1, 'x'.repeat(31), 'a\u0000b'], texts: [['a\nb', 'a\nb']] },
})
