import { fits, type Named, type Parsed } from './field.js'
import { formattedText } from './formatted-text.js'
import { expected } from './value-text.js'

/** An e-mail address; the domain is kept in small letters. */
export const email: Named<'email'> = formattedText({
  name: 'email',
  label: { en: 'E-mail', 'zh-CN': '邮箱' },
  sample: 'lin@example.com',
  normal,
  examples: {
    field: {},
    valid: ['lin@example.com', 'zoe.b+x@mail.example.org'],
    invalid: ['lin', 'a@b', 'a b@example.com', 5],
    texts: [
      ['Lin@EXAMPLE.com', 'Lin@example.com'],
      ['', null],
    ],
  },
})

// a pragmatic subset of RFC 5321: one @, a dotted domain, no spaces
const form = /^[^\s@<>(),;:"]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,63}$/u

function normal(text: string): Parsed {
  if (!form.test(text)) return expected('email')
  const at = text.lastIndexOf('@')
  return fits(`${text.slice(0, at)}${text.slice(at).toLowerCase()}`)
}
