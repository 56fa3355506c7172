import type { Locale } from '../label.js'
import { addressClass, addressParts } from './classes.js'
import { optionsOf } from './definition.js'
import { fieldType, type Named } from './field.js'
import { isHan, type Parts, parseParts, partsIn, partsSchema } from './parts.js'
import { expected, plain } from './value-text.js'

/** A postal address in its parts. */
export const address: Named<'address'> = fieldType({
  name: 'address',
  label: { en: 'Address', 'zh-CN': '地址' },
  group: 'people',
  sample: { en: '1 Example Road, Haidian, Beijing', 'zh-CN': '北京市海淀区示例路1号' },
  options: optionsOf(),
  class: () => addressClass,
  columns: () => [{ suffix: '', type: 'jsonb' }],
  writable: true,
  parse: value => parseParts(value, addressParts, expected('address')),
  fromText: (typed, field) => address.parse(readAddress(plain(typed)), field),
  format: (value, _field, { locale }) => addressText(value, locale),
  schema: () => partsSchema(addressParts),
  converts: { text: 'parses', longText: 'parses' },
  examples: {
    field: {},
    valid: [
      placed({ country: 'Germany', city: 'Berlin', street: '1 Example Street', postalCode: '10115' }),
      placed({ region: '浙江省', city: '杭州市', district: '西湖区', street: '示例路1号' }),
    ],
    invalid: ['Berlin', { town: 'Berlin' }, { city: 5 }, { street: 'x'.repeat(201) }, ['x']],
    texts: [
      ['浙江省杭州市西湖区示例路1号', placed({ region: '浙江省', city: '杭州市', district: '西湖区', street: '示例路1号' })],
      ['北京市海淀区示例路1号 100080', placed({ city: '北京市', district: '海淀区', street: '示例路1号', postalCode: '100080' })],
      ['1 Example Street', placed({ street: '1 Example Street' })],
      ['', null],
    ],
  },
})

function placed(parts: Parts): Parts {
  return { ...Object.fromEntries(addressParts.map(part => [part, null])), ...parts }
}

const chinese =
  /^(中国)?(\p{Script=Han}{2,8}?(?:省|自治区|特别行政区))?(\p{Script=Han}{2,9}?(?:市|州|盟|地区))?(\p{Script=Han}{1,9}?(?:区|县|旗))?(.*?)\s*(\d{6})?$/u

/** A Chinese address by the words that end its parts; any other stands in the street, for a person to sort. */
function readAddress(text: string): Parts | null {
  if (text === '') return null
  const found = isHan(text) ? chinese.exec(text) : null
  if (!found) return placed({ street: text })
  const [, country = null, region = null, city = null, district = null, street = null, postalCode = null] = found
  return placed({ country, region, city, district, street: street || null, postalCode })
}

const bigToSmall = ['country', 'region', 'city', 'district', 'street', 'postalCode']

/** In one line: big to small in Chinese, small to big else; an address in Chinese characters stays as it is written. */
function addressText(value: unknown, locale: Locale): string {
  const parts = partsIn(value, bigToSmall)
  if (partsIn(value, ['street', 'district', 'city', 'region']).some(isHan)) {
    const [code] = partsIn(value, ['postalCode'])
    return [partsIn(value, bigToSmall.slice(0, -1)).join(''), ...(code === undefined ? [] : [code])].join(' ').trim()
  }
  if (locale === 'zh-CN') return parts.join(' ')
  const [code] = partsIn(value, ['postalCode'])
  const rest = partsIn(value, ['street', 'district', 'city', 'region', 'country'])
  const country = partsIn(value, ['country']).length > 0 ? rest.pop() : undefined
  const local = rest.join(', ')
  return [[local, code].filter(Boolean).join(' '), country].filter(Boolean).join(', ')
}
