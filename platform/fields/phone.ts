import { fits, type Named, type Parsed } from './field.js'
import { formattedText } from './formatted-text.js'
import { expected } from './value-text.js'

/** A phone number, kept as digits with an optional plus and extension. */
export const phone: Named<'phone'> = formattedText({
  name: 'phone',
  label: { en: 'Phone', 'zh-CN': '电话' },
  sample: '138 0013 8000',
  normal,
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
