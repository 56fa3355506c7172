import { type FieldDefinition } from './definition.js'
import { fits, misfit, type Parsed } from './field.js'

const labels = {
  text: { en: 'text', 'zh-CN': '文本' },
  number: { en: 'a number, such as 12.5', 'zh-CN': '数字，例如 12.5' },
  integer: { en: 'a whole number', 'zh-CN': '整数' },
  boolean: { en: 'yes or no', 'zh-CN': '是或否' },
  date: { en: 'a date, such as 2026-01-31', 'zh-CN': '日期，例如 2026-01-31' },
  dateTime: { en: 'a date and time, such as 2026-01-31T08:30:00.000Z', 'zh-CN': '日期时间，例如 2026-01-31T08:30:00.000Z' },
  time: { en: 'a time of day, such as 14:30', 'zh-CN': '时间，例如 14:30' },
  duration: { en: 'a duration, such as 1 h 30 min', 'zh-CN': '时长，例如 1小时30分' },
  color: { en: 'a colour, such as #1677ff', 'zh-CN': '颜色，例如 #1677ff' },
  tags: { en: 'a list of short texts', 'zh-CN': '标签列表' },
  json: { en: 'JSON', 'zh-CN': 'JSON' },
  geoPoint: { en: 'a latitude and a longitude, such as 39.9042, 116.4074', 'zh-CN': '纬度和经度，例如 39.9042, 116.4074' },
  file: { en: 'an uploaded file', 'zh-CN': '已上传的文件' },
  files: { en: 'uploaded files', 'zh-CN': '已上传的文件' },
  personName: { en: 'a name in its parts', 'zh-CN': '姓名' },
  address: { en: 'an address in its parts', 'zh-CN': '地址' },
  id: { en: 'the id of a record', 'zh-CN': '记录的 id' },
  list: { en: 'a list of options', 'zh-CN': '选项列表' },
  email: { en: 'an e-mail address', 'zh-CN': '邮箱地址' },
  phone: { en: 'a phone number', 'zh-CN': '电话号码' },
  url: { en: 'a web address', 'zh-CN': '网址' },
  currency: { en: 'a currency code, such as CNY', 'zh-CN': '币种代码，例如 CNY' },
} as const

/** The misfit of a value of the wrong type, naming what is expected. */
export const expected = (what: keyof typeof labels): Parsed => misfit('VALUE_TYPE', { expected: labels[what] })

// NUL and unpaired surrogates cannot be stored as UTF-8; the other controls have no place in a value
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
const isWellFormed = (text: string): boolean => !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)

/** Whether PostgreSQL and every reader can hold the text. */
export const isStorable = (text: string): boolean => !forbidden.test(text) && isWellFormed(text)

/** Checks a text: storable, trimmed, of fitting length and pattern; an empty one is null. */
export function parseText(value: unknown, field: Pick<FieldDefinition, 'maxLength' | 'minLength' | 'pattern'>, longest: number): Parsed {
  if (value === null || value === undefined) return fits(null)
  if (typeof value !== 'string') return expected('text')
  if (!isStorable(value)) return misfit('CHARACTER_FORBIDDEN')
  const text = value.trim()
  if (text === '') return fits(null)
  const max = field.maxLength ?? longest
  const length = [...text].length
  if (length > max) return misfit('VALUE_TOO_LONG', { max })
  if (field.minLength !== undefined && length < field.minLength) return misfit('VALUE_TOO_SHORT', { min: field.minLength })
  if (field.pattern !== undefined && !new RegExp(`^(?:${field.pattern})$`, 'u').test(text))
    return misfit('VALUE_PATTERN', { pattern: field.pattern })
  return fits(text)
}

/** Full-width letters, digits and signs as their usual forms (Unicode NFKC), trimmed. */
export const plain = (text: string): string => text.normalize('NFKC').trim()
