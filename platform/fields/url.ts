import { fits, type Named, type Parsed } from './field.js'
import { formattedText } from './formatted-text.js'
import { expected } from './value-text.js'

/** A web address over http or https; without a scheme it gets https. */
export const url: Named<'url'> = formattedText({
  name: 'url',
  label: { en: 'Web address', 'zh-CN': '网址' },
  sample: 'https://example.com',
  normal,
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
