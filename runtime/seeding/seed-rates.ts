import { decimalOf, decimalToText, quotient, rounded } from '@tessera/platform/rules/decimals.js'
import type { Rate } from '../rates/exchange-rates.js'
import { type Resolving, resolveDay } from './resolve.js'

/** The exchange rates of a seed file: what one unit of a currency is worth in `base`, from a day on. */
export interface SeedRates {
  readonly base: string
  readonly rates: readonly { readonly currency: string; readonly day: unknown; readonly rate: string }[]
}

/** The rates of a seed file in another currency: each over that currency's own of the same day; none where it has none. */
export function ratesIn(currency: string, { base, rates }: SeedRates, resolving: Pick<Resolving, 'today' | 'timeZone'>): readonly Rate[] {
  const dated = rates.map(rate => ({ ...rate, day: resolveDay(rate.day, resolving) }))
  if (currency === base) return dated
  const own = new Map(dated.filter(rate => rate.currency === currency).map(rate => [rate.day, rate.rate]))
  return [...own.keys()]
    .map(day => ({ currency: base, day, rate: '1' }))
    .concat(dated.filter(rate => rate.currency !== currency))
    .flatMap(rate => {
      const value = over(rate.rate, own.get(rate.day))
      return value === null ? [] : [{ ...rate, rate: value }]
    })
}

/** One rate in another's currency, with ten decimals. */
function over(rate: string, by: string | undefined): string | null {
  const [left, right] = [decimalOf(rate), decimalOf(by ?? null)]
  const value = left && right && quotient(left, right)
  return value ? decimalToText(rounded(value, 10)) : null
}
