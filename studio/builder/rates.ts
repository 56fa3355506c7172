import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { currency } from '@tessera/platform/fields/currency.js'
import { date } from '@tessera/platform/fields/date.js'
import { decimal } from '@tessera/platform/fields/decimal.js'
import { ask } from '../api/client.js'

/** What one unit of a currency is worth in the workspace's currency, from a day on. */
export interface Rate {
  readonly currency: string
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly rate: string
}

/** How many rates are read at most, the newest ones. */
export const mostRates = 1_000

const listDocument = 'query Rates($first: Int!) { exchangeRates(first: $first) { currency day rate } }'
const setDocument = 'mutation SetRates($rates: [ExchangeRateInput!]!) { setExchangeRates(rates: $rates) { currency day rate } }'

/** The rates of the workspace, newest first. */
export const useRates = () =>
  useQuery({
    queryKey: ['rates'],
    queryFn: async ({ signal }) =>
      (await ask<{ exchangeRates: Rate[] }>('/platform', listDocument, { first: mostRates }, signal)).exchangeRates,
  })

/** Sets rates; what was converted by those they replace is computed anew by the server. */
export function useSetRates() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (rates: readonly Rate[]) => ask('/platform', setDocument, { rates }),
    onSuccess: () => Promise.all(['rates', 'records', 'totals', 'reports'].map(key => client.invalidateQueries({ queryKey: [key] }))),
  })
}

/** The rates of each currency, newest first; currencies by their codes. */
export function byCurrency(rates: readonly Rate[]): readonly (readonly [string, readonly Rate[]])[] {
  const groups = new Map<string, Rate[]>()
  for (const rate of rates) groups.set(rate.currency, [...(groups.get(rate.currency) ?? []), rate])
  return [...groups].sort(([left], [right]) => (left < right ? -1 : 1))
}

/** What is wrong with a part of a rate, as the key of a text. */
export type RateProblem = 'rates.badCurrency' | 'rates.isBase' | 'rates.badDay' | 'rates.badRate' | 'rates.badLine'

/** The first thing that is wrong with each part of a rate. */
export function problemsOf({ currency: code, day, rate }: Rate, base: string): Partial<Record<keyof Rate, RateProblem>> {
  const isCode = code !== '' && 'value' in currency.parse(code, { type: 'currency' })
  const isDay = day !== '' && 'value' in date.parse(day, { type: 'date' })
  const isRate = 'value' in decimal.parse(rate, { type: 'decimal', precision: 20, scale: 10 }) && Number(rate) > 0
  return {
    ...(isCode ? (code === base ? { currency: 'rates.isBase' } : {}) : { currency: 'rates.badCurrency' }),
    ...(isDay ? {} : { day: 'rates.badDay' }),
    ...(isRate ? {} : { rate: 'rates.badRate' }),
  }
}

/** A line that was pasted, read. */
export interface Line {
  /** Counted from 1, as people count. */
  readonly number: number
  readonly text: string
  readonly rate: Rate
  readonly problem: RateProblem | null
}

/** Reads lines of currency, day and rate, in this order, between tabs, semicolons, commas or blanks. Empty lines and a head are passed over. */
export const linesOf = (text: string, base: string): readonly Line[] =>
  text
    .split(/\r?\n/)
    .flatMap((line, index) => (line.trim() === '' || (index === 0 && !/\d/.test(line)) ? [] : [lineOf(line.trim(), index + 1, base)]))

function lineOf(text: string, number: number, base: string): Line {
  const separator = [/\t/, /;/, /,/].find(each => text.split(each).length === 3) ?? /\s+/
  const parts = text.split(separator).map(part => part.trim())
  const [code = '', day = '', rate = ''] = parts
  const read: Rate = { currency: code.toUpperCase(), day: isoDay(day), rate: separator.source === ',' ? rate : rate.replace(',', '.') }
  const { currency: wrongCode, day: wrongDay, rate: wrongRate } = problemsOf(read, base)
  return { number, text, rate: read, problem: parts.length === 3 ? (wrongCode ?? wrongDay ?? wrongRate ?? null) : 'rates.badLine' }
}

/** A day as spreadsheets write it, year first; what is none stays as it is. */
const isoDay = (text: string): string =>
  text.replace(
    /^(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?$/,
    (_, year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  )
