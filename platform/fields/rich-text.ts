import { Type } from '@sinclair/typebox'
import { sql } from '../sql/sql.js'
import { longTextClass, type ValueClass } from './classes.js'
import { optionalProperties } from './definition.js'
import { fieldType, fits, misfit, type Named } from './field.js'
import { parseText } from './value-text.js'

/** As long may the HTML of a text be, tags and links included. */
const longestHtml = 200_000

/** Tags that stand within a line; all others end one. */
const inline = '</?(?:strong|em|u|s|code|a)(?: [^>]*)?>'

export const richTextClass: ValueClass = {
  ...longTextClass,
  name: 'richText',
  filter: 'RichTextFilter',
  isMarkup: true,
  // what readers see: conditions and search do not find tags
  text: value =>
    sql`btrim(replace(replace(replace(regexp_replace(regexp_replace(${value}, '</?(?:strong|em|u|s|code|a)(?: [^>]*)?>', '', 'g'), '<[^>]*>', ' ', 'g'), '&lt;', '<'), '&gt;', '>'), '&amp;', '&'))`,
}

/** What readers see of HTML that the server has cleaned, without marks, a line for each block. */
export const plainOf = (html: string): string =>
  html
    .replace(new RegExp(inline, 'gi'), '')
    .replace(/<[^>]*>/g, '\n')
    .replace(/&(?:lt|gt|quot|#39|nbsp|amp);/g, entity => entities[entity] ?? entity)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\s]*/g, '\n')
    .trim()

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
  '&amp;': '&',
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A plain text as HTML: an empty line ends a paragraph. */
const htmlOf = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map(part => `<p>${escaped(part.trim()).replaceAll('\n', '<br />')}</p>`)
    .join('')

/** Text with headings, lists, links and emphasis, kept as HTML of few tags; the server cleans every value before it is kept. */
export const richText: Named<'richText'> = fieldType({
  name: 'richText',
  label: { en: 'Rich text', 'zh-CN': '富文本' },
  group: 'text',
  sample: { en: 'Text with headings, lists and links', 'zh-CN': '带标题、列表和链接的文本' },
  options: Type.Object({ maxLength: Type.Optional(optionalProperties.maxLength) }, { additionalProperties: false }),
  class: () => richTextClass,
  columns: () => [{ suffix: '', type: 'html' }],
  writable: true,
  parse: (value, { maxLength = 50_000 }) => {
    const parsed = parseText(value, {}, longestHtml)
    if ('misfit' in parsed || parsed.value === null) return parsed
    const text = plainOf(String(parsed.value))
    if (text === '') return fits(null)
    return [...text].length > maxLength ? misfit('VALUE_TOO_LONG', { max: maxLength }) : parsed
  },
  fromText: (typed, field) => (typed.trim() === '' ? fits(null) : richText.parse(htmlOf(typed.replace(/\r\n?/g, '\n').trim()), field)),
  format: value => (typeof value === 'string' ? plainOf(value) : ''),
  schema: () => ({ type: 'string', maxLength: longestHtml }),
  converts: { longText: 'keeps', text: 'keeps', select: 'keeps', email: 'keeps', phone: 'keeps', url: 'keeps' },
  examples: {
    field: { maxLength: 30 },
    valid: ['apple <strong>pie</strong> is good', 'zebra'],
    invalid: [1, 'x'.repeat(31), 'a\u0000b'],
    texts: [
      ['a < b\nc\n\nd', '<p>a &lt; b<br />c</p><p>d</p>'],
      ['', null],
    ],
  },
})
