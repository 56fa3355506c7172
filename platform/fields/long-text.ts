import { Type } from '@sinclair/typebox'
import { longTextClass } from './classes.js'
import { type FieldDefinition, optionalProperties } from './definition.js'
import { fieldType, fits, type Named } from './field.js'
import { asWritten } from './reading.js'
import { parseText } from './value-text.js'

/** Whether a text is written in Markdown and shown by it. */
export const isMarkdown = (field: FieldDefinition): boolean => field.type === 'longText' && field.format === 'markdown'

/** Text of several lines, as it is or in Markdown; HTML in it is text like any other. */
export const longText: Named<'longText'> = fieldType({
  name: 'longText',
  label: { en: 'Long text', 'zh-CN': '多行文本' },
  group: 'text',
  sample: { en: 'Notes over several lines', 'zh-CN': '可以写多行的备注' },
  options: Type.Object(
    {
      minLength: Type.Optional(optionalProperties.minLength),
      maxLength: Type.Optional(optionalProperties.maxLength),
      format: Type.Optional(
        Type.Union([Type.Literal('plain'), Type.Literal('markdown')], { description: 'How it is shown: plain, or as Markdown' }),
      ),
    },
    { additionalProperties: false },
  ),
  class: () => longTextClass,
  columns: () => [{ suffix: '', type: 'text' }],
  writable: true,
  parse: (value, field) => parseText(typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : value, field, 50_000),
  fromText: (typed, field) => (typed.trim() === '' ? fits(null) : longText.parse(typed, field)),
  format: (value, field) => (isMarkdown(field) ? unmarked(asWritten(value)) : asWritten(value)),
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

/** Markdown without its marks, where only a line of it is read. */
function unmarked(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d{1,9}[.)])\s+/gm, '')
    .replace(/(\*\*|__|`{1,3}|~~)/g, '')
}
