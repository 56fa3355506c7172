import { textClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, type Named, type Parsed } from './field.js'
import { asWritten } from './reading.js'
import { expected, parseText, plain } from './value-text.js'

/** A web address over http or https; without a scheme it gets https. */
export const url: Named<'url'> = fieldType({
  name: 'url',
  label: { en: 'Web address', 'zh-CN': '网址' },
  group: 'text',
  sample: 'https://example.com',
  options: optionsOf('maxLength'),
  class: () => textClass,
  columns: () => [{ suffix: '', type: 'text' }],
  writable: true,
  parse: (value, field) => {
    const parsed = parseText(value, field, 500)
    return 'misfit' in parsed || parsed.value === null ? parsed : normal(String(parsed.value))
  },
  fromText: (typed, field) => (plain(typed) === '' ? fits(null) : url.parse(plain(typed), field)),
  format: asWritten,
  schema: field => ({ type: 'string', maxLength: field.maxLength ?? 500 }),
  converts: { text: 'parses' },
  examples: {
    field: {},
    valid: ['https://a.example.com/x?y=1', 'https://example.com'],
    invalid: ['javascript:alert(1)', 'two words', 'ftp://example.com', 5],
    texts: [
      ['example.com', 'https://example.com'],
      ['', null],
    ],
  },
})

function normal(text: string): Parsed {
  const address = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d/.test(text) ? text : `https://${text}`
  const parts = /^(https?):\/\/([^\s/?#@]+)([/?#]\S*)?$/i.exec(address)
  return parts?.[2] && /^(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,}(?::\d{1,5})?$/u.test(parts[2])
    ? fits(`${parts[1]?.toLowerCase()}://${parts[2].toLowerCase()}${parts[3] ?? ''}`)
    : expected('url')
}
