import { minorUnits, unlikeMinorUnits } from '../fields/minor-units.js'
import { asker } from '../query/asker.js'
import { decimalOf, decimalToText, quotient, rounded } from '../rules/decimals.js'
import { integer, join, literal, type Sql, sql, workspaceTable } from '../sql/sql.js'

/** A currency on a day whose rate is asked for. */
export interface RateAsked {
  readonly currency: string
  /** `YYYY-MM-DD` */
  readonly day: string
}

/** What one unit of a currency is worth in the workspace's on a day, as a decimal text; null when no rate is known. */
export type Rates = (asked: RateAsked) => string | null

/**
 * An amount in another currency, rounded half away from zero to its smallest unit. Both rates are in the workspace's currency.
 * @returns null when a rate is missing
 */
export function converted(amount: string, from: RateAsked, to: string, rates: Rates): string | null {
  if (from.currency === to) return amount
  const [left, right] = [decimalOf(rates(from)), decimalOf(rates({ currency: to, day: from.day }))]
  const value = decimalOf(amount)
  if (!left || !right || !value) return null
  const exchanged = quotient(value.times(left), right)
  return exchanged && decimalToText(rounded(exchanged, minorUnits(to)))
}

/** The same as SQL: null when a rate is missing. */
export function convertedSql(amount: Sql, from: Sql, day: Sql, to: Sql): Sql {
  const exchanged = sql`round(div(${amount} * ${rateSql(from, day)} * 1e17, ${rateSql(to, day)}) * 1e-17, 16)`
  const cases = unlikeMinorUnits.map(
    ([decimals, codes]) => sql`when ${to} in (${join(codes.map(code => literal(code)))}) then round(${exchanged}, ${integer(decimals)})`,
  )
  return sql`(case when ${from} = ${to} then ${amount} ${join(cases, ' ')} else round(${exchanged}, 2) end)`
}

/** The last rate of a currency up to a day; the workspace's own is 1. */
const rateSql = (currency: Sql, day: Sql): Sql =>
  sql`(case when ${currency} = ${asker.currency}::text then 1 else (select r.rate from ${workspaceTable('_rate')} r where r.currency = ${currency} and r.day <= ${day} order by r.day desc limit 1) end)`

/** The question for several rates at once: rows of currency, day and rate. */
export const ratesSql = (asked: readonly RateAsked[]): Sql =>
  sql`select x.currency, to_char(x.day, 'YYYY-MM-DD') as day, trim_scale(${rateSql(sql`x.currency`, sql`x.day`)}::numeric)::text as rate
      from unnest(${asked.map(({ currency }) => currency)}::text[], ${asked.map(({ day }) => day)}::date[]) as x (currency, day)`
