import { textClass } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, fits, type Named, type Parsed } from './field.js'
import { asWritten } from './reading.js'
import { expected, parseText, plain } from './value-text.js'

/** A phone number, kept as digits with an optional plus and extension. */
export const phone: Named<'phone'> = fieldType({
  name: 'phone',
  label: { en: 'Phone', 'zh-CN': '电话' },
  group: 'text',
  sample: '138 0013 8000',
  options: optionsOf('maxLength'),
  class: () => textClass,
  columns: () => [{ suffix: '', type: 'text' }],
  writable: true,
  parse: (value, field) => {
    const parsed = parseText(value, field, 500)
    return 'misfit' in parsed || parsed.value === null ? parsed : normal(String(parsed.value))
  },
  fromText: (typed, field) => (plain(typed) === '' ? fits(null) : phone.parse(plain(typed), field)),
  format: asWritten,
  schema: field => ({ type: 'string', maxLength: field.maxLength ?? 500 }),
  converts: { text: 'parses' },
  examples: {
    field: {},
    valid: ['+4930123456', '13800138000'],
    invalid: ['12', 'call me', '+', 5],
    texts: [
      ['138 0013 8000', '13800138000'],
      ['(030) 123-456', '030123456'],
      ['', null],
    ],
  },
})

/** Digits with an optional plus, 3 to 15 of them (ITU-T E.164), an extension after `x`; a mainland mobile number stays without country code. */
function normal(text: string): Parsed {
  const [number, extension] = text.replace(/[\s().·-]/g, '').split(/(?:ext|x|转)/i)
  if (number === undefined || !/^\+?\d{3,15}$/.test(number) || (extension !== undefined && !/^\d{1,8}$/.test(extension)))
    return expected('phone')
  return fits(extension === undefined ? number : `${number}x${extension}`)
}
