import type { Locale } from '../label.js'
import { type Sql, sql } from '../sql/sql.js'

/** The value as PostgreSQL's JSON writes it by itself: texts, whole numbers, booleans, lists of texts. */
export const same = (value: Sql): Sql => value

/** A decimal as the contract writes it: a string without needless zeros. */
export const decimalText = (value: Sql): Sql => sql`trim_scale(${value})::text`

/** A day as `YYYY-MM-DD`, whatever the session's date style. */
export const dateText = (value: Sql): Sql => sql`to_char(${value}, 'YYYY-MM-DD')`

/** An instant as ISO 8601 in UTC with milliseconds. */
export const instantText = (value: Sql): Sql => sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** A text as it is; nothing for an empty value. */
export const asWritten = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

const mostFormats = 200

/** Making a format takes a hundred times as long as writing a value with it, so each is made once. */
function madeOnce<Options, Format>(make: (locale: string, options: Options) => Format): (locale: string, options: Options) => Format {
  const made = new Map<string, Format>()
  return (locale, options) => {
    const key = locale + JSON.stringify(options)
    const known = made.get(key)
    if (known) return known
    if (made.size >= mostFormats) made.clear()
    const format = make(locale, options)
    made.set(key, format)
    return format
  }
}

const numbers = madeOnce((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options))
const dates = madeOnce((locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options))

/** A number with thousands separators, at most `scale` decimals. */
export const formatNumber = (value: unknown, locale: Locale, scale: number): string =>
  numeric(value, numbers(locale, { maximumFractionDigits: scale }))

/** A share of one as per cent, at most two decimals. */
export const formatPercent = (value: unknown, locale: Locale): string =>
  numeric(value, numbers(locale, { style: 'percent', maximumFractionDigits: 2 }))

/** How the currency of an amount is written: by its code where several are in sight, as ¥ may be two of them. */
const inCurrency = (currency: string, isMixed: boolean): Intl.NumberFormatOptions => ({
  style: 'currency',
  currency,
  currencyDisplay: isMixed ? 'code' : 'narrowSymbol',
})

/** An amount with its currency's narrow symbol and decimals, `isMixed` with its code; as a plain number when the currency is not known. */
export function formatMoney(value: unknown, locale: Locale, currency: string | undefined, isMixed = false): string {
  const format =
    currency === undefined
      ? numbers(locale, { minimumFractionDigits: 2, maximumFractionDigits: 4 })
      : numbers(locale, inCurrency(currency, isMixed))
  return numeric(value, format)
}

/** An amount without its currency, which stands beside it, but with the currency's decimals. */
export function formatAmount(value: unknown, locale: Locale, currency: string | undefined): string {
  const { minimumFractionDigits = 2 } = currency === undefined ? {} : numbers(locale, inCurrency(currency, false)).resolvedOptions()
  return numeric(value, numbers(locale, { minimumFractionDigits, maximumFractionDigits: 4 }))
}

/** From here on amounts are shortened. */
const shortFrom: Readonly<Record<Locale, number>> = { en: 1000, 'zh-CN': 10_000 }

/** A short amount for charts, heads of columns and cards: ¥196.8万, ¥1.97M; what is not long stays exact, without empty decimals. */
export function formatShortMoney(value: unknown, locale: Locale, currency: string | undefined, isMixed = false): string {
  const isShort = Math.abs(Number(value)) < shortFrom[locale]
  const options: Intl.NumberFormatOptions = isShort
    ? { trailingZeroDisplay: 'stripIfInteger' }
    : { notation: 'compact', maximumFractionDigits: 1, maximumSignificantDigits: 3, roundingPriority: 'morePrecision' }
  return numeric(value, numbers(locale, { ...(currency === undefined ? {} : inCurrency(currency, isMixed)), ...options }))
}

/** `22 Nov 2026` in English, `2026-11-22` in Chinese. */
export function formatDate(value: unknown, locale: Locale): string {
  if (typeof value !== 'string' || value === '') return ''
  if (locale === 'zh-CN') return value
  // three letters each month, as what is typed: en-GB would write Sept
  const month = dates('en-US', { month: 'short', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`))
  return `${Number(value.slice(8, 10))} ${month} ${value.slice(0, 4)}`
}

/** Day and time in a zone: `22 Nov 2026, 14:05`, `2026-11-22 14:05`; without the year when it is that of `today`. */
export function formatDateTime(value: unknown, locale: Locale, timeZone: string, today?: string): string {
  if (typeof value !== 'string' || value === '') return ''
  const parts = partsOf(new Date(value), timeZone)
  const isThisYear = parts.year === today?.slice(0, 4)
  const day = `${parts.year}-${parts.month}-${parts.day}`
  const time = `${parts.hour}:${parts.minute}`
  if (locale === 'zh-CN') return `${isThisYear ? day.slice(5) : day} ${time}`
  const text = formatDate(day, locale)
  return `${isThisYear ? text.replace(/ \d+$/, '') : text}, ${time}`
}

const partsOf = (at: Date, timeZone: string): Partial<Record<Intl.DateTimeFormatPartTypes, string>> =>
  Object.fromEntries(
    dates('en-CA', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    })
      .formatToParts(at)
      .map(part => [part.type, part.value]),
  )

const numeric = (value: unknown, format: Intl.NumberFormat): string =>
  value === null || value === undefined || value === '' ? '' : format.format(value as Intl.StringNumericLiteral)
