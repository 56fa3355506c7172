import type { Random } from './random.js'
import { type Month, month } from './record.js'

/** What one unit of a currency is worth in the base currency from the first of a month on, counted from the month of loading. */
export interface SeedRate {
  readonly currency: string
  readonly day: Month
  readonly rate: string
}

/** The rates of the demo, in its base currency. */
export interface SeedRates {
  readonly base: string
  readonly rates: readonly SeedRate[]
}

/** Where the rates end, in ten-thousandths: near to what prices were drawn with. */
const present: Readonly<Record<string, number>> = { EUR: 78_000, GBP: 91_000, USD: 72_000 }

/** So many months back lie the first rates; no record of the demo is older. */
const months = 36

/** One rate a month and currency, going back from the present one by at most 1.2 % a month, towards it when it strays. */
export function rates(random: Random): SeedRates {
  const drawn = Object.entries(present).flatMap(([currency, last]) => {
    let rate = last
    return Array.from({ length: months + 1 }, (_, back): SeedRate => {
      const written = (rate / 10_000).toFixed(4).replace(/\.?0+$/, '')
      rate = Math.round(rate * (1 + random.whole(-120, 120) / 10_000) + (last - rate) * 0.15)
      return { currency, day: month(-back), rate: written }
    }).reverse()
  })
  return { base: 'CNY', rates: drawn }
}
