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

/** A number with thousands separators, at most `scale` decimals. */
export const formatNumber = (value: unknown, locale: Locale, scale: number): string =>
  numeric(value, new Intl.NumberFormat(locale, { maximumFractionDigits: scale }))

/** A share of one as per cent, at most two decimals. */
export const formatPercent = (value: unknown, locale: Locale): string =>
  numeric(value, new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }))

/** An amount with its currency's narrow symbol and decimals; as a plain number when the currency is not known. */
export function formatMoney(value: unknown, locale: Locale, currency: string | undefined): string {
  const format =
    currency === undefined
      ? new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 4 })
      : new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  return numeric(value, format)
}

/** A short amount for charts and heads of columns: ¥196.8万, ¥1.97M. */
export function formatShortMoney(value: unknown, locale: Locale, currency: string | undefined): string {
  const options: Intl.NumberFormatOptions = { notation: 'compact', maximumFractionDigits: 2 }
  return numeric(
    value,
    new Intl.NumberFormat(
      locale,
      currency === undefined ? options : { ...options, style: 'currency', currency, currencyDisplay: 'narrowSymbol' },
    ),
  )
}

/** `22 Nov 2026` in English, `2026-11-22` in Chinese. */
export function formatDate(value: unknown, locale: Locale): string {
  if (typeof value !== 'string' || value === '') return ''
  return locale === 'zh-CN'
    ? value
    : new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
        new Date(`${value}T00:00:00Z`),
      )
}

/** Day and time in a zone: `22 Nov 2026, 14:05`, `2026-11-22 14:05`. */
export function formatDateTime(value: unknown, locale: Locale, timeZone: string): string {
  if (typeof value !== 'string' || value === '') return ''
  const at = new Date(value)
  if (locale === 'en')
    return new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    }).format(at)
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
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
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`
}

const numeric = (value: unknown, format: Intl.NumberFormat): string =>
  value === null || value === undefined || value === '' ? '' : format.format(value as Intl.StringNumericLiteral)
