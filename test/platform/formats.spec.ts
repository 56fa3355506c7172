import { describe, expect, it } from '@jest/globals'
import { formula } from '@tessera/platform/fields/formula.js'
import { integer } from '@tessera/platform/fields/integer.js'
import { formatAmount, formatDate, formatDateTime, formatMoney, formatShortMoney } from '@tessera/platform/fields/reading.js'
import type { Locale } from '@tessera/platform/label.js'

const spaced = (text: string) => text.replace(/\s/g, ' ')

describe('money as people read it', () => {
  it.each<[string, Locale, string, string]>([
    ['48200', 'en', 'CNY', '¥48,200.00'],
    ['48200', 'zh-CN', 'CNY', '¥48,200.00'],
    ['-1234.5', 'en', 'USD', '-$1,234.50'],
    ['1200', 'en', 'JPY', '¥1,200'],
    ['0', 'zh-CN', 'EUR', '€0.00'],
  ])('%s in %s of %s is %s', (value, locale, currency, text) => expect(formatMoney(value, locale, currency)).toBe(text))

  it.each<[string, Locale, string, string]>([
    ['48200', 'en', 'USD', 'USD 48,200.00'],
    ['48200', 'zh-CN', 'USD', 'USD 48,200.00'],
    ['6658.2', 'zh-CN', 'GBP', 'GBP 6,658.20'],
    ['-5', 'en', 'CNY', '-CNY 5.00'],
  ])('%s in %s of %s is %s where several currencies are in sight', (value, locale, currency, text) =>
    expect(spaced(formatMoney(value, locale, currency, true))).toBe(text),
  )

  it.each<[string, Locale, string]>([
    ['1968000', 'zh-CN', '¥196.8万'],
    ['132000000', 'zh-CN', '¥1.32亿'],
    ['48200', 'zh-CN', '¥4.82万'],
    ['10000', 'zh-CN', '¥1万'],
    ['6658.2', 'zh-CN', '¥6,658.20'],
    ['9999', 'zh-CN', '¥9,999'],
    ['0', 'zh-CN', '¥0'],
    ['-48200', 'zh-CN', '-¥4.82万'],
    ['1968000', 'en', '¥1.97M'],
    ['900480', 'en', '¥900.5K'],
    ['6658.2', 'en', '¥6.66K'],
    ['999.5', 'en', '¥999.50'],
    ['0', 'en', '¥0'],
  ])('%s in %s is %s when it has to be short', (value, locale, text) => expect(formatShortMoney(value, locale, 'CNY')).toBe(text))

  it('names its currency also when it is short', () =>
    expect(spaced(formatShortMoney('1968000', 'zh-CN', 'USD', true))).toBe('USD 196.8万'))

  it('is a number with the decimals of its currency where the symbol stands beside it', () => {
    expect(formatAmount('160760.5', 'en', 'CNY')).toBe('160,760.50')
    expect(formatAmount('1200', 'en', 'JPY')).toBe('1,200')
    expect(formatAmount('1.2345', 'zh-CN', undefined)).toBe('1.2345')
    expect(formatAmount(null, 'en', 'CNY')).toBe('')
  })
})

describe('days and instants as people read them', () => {
  it('have months of three letters, as they are typed', () => {
    expect(formatDate('2026-09-05', 'en')).toBe('5 Sep 2026')
    expect(formatDate('2026-11-22', 'zh-CN')).toBe('2026-11-22')
    expect(formatDate(null, 'en')).toBe('')
  })

  it.each<[Locale, string | undefined, string]>([
    ['en', '2026-12-31', '22 Nov, 14:05'],
    ['zh-CN', '2026-01-01', '11-22 14:05'],
    ['en', '2027-01-01', '22 Nov 2026, 14:05'],
    ['zh-CN', undefined, '2026-11-22 14:05'],
  ])('in %s leave out the year of the reader (%s): %s', (locale, today, text) =>
    expect(formatDateTime('2026-11-22T06:05:00.000Z', locale, 'Asia/Shanghai', today)).toBe(text),
  )

  it('take the year of the reader from the zone, not from UTC', () =>
    expect(formatDateTime('2026-12-31T20:00:00.000Z', 'en', 'Asia/Shanghai', '2027-03-01')).toBe('1 Jan, 04:00'))
})

describe('whole numbers as people read them', () => {
  const context = { locale: 'en' as const, timeZone: 'UTC' }
  it('have their thousands apart', () => expect(integer.format(2014, { type: 'integer' }, context)).toBe('2,014'))
  it('that can only be years have not', () => expect(integer.format(2014, { type: 'integer', min: 1500, max: 2200 }, context)).toBe('2014'))
})

it('a formula that returns a choice reads as its option does', () => {
  const options = [{ value: 'high', label: { en: 'High', 'zh-CN': '高' } }]
  expect(formula.format('high', { type: 'formula', returns: 'select', options }, { locale: 'zh-CN', timeZone: 'UTC' })).toBe('高')
})
