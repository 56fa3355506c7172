import type { Product } from './catalogue.js'
import type { Random } from './random.js'
import { money, record, ref, type SeedRecord } from './record.js'

/** Fixed rates to the yuan: what a unit of the currency costs. */
const rates: Readonly<Record<string, number>> = { CNY: 1, USD: 7.2, EUR: 7.8, GBP: 9.1 }

/** A line before it is a record; price in whole units of the currency. */
export interface Line {
  readonly product: Product
  readonly quantity: number
  readonly price: number
  /** In hundredths. */
  readonly discount: number
}

/** An amount in yuan in another currency, in whole units. */
export const inCurrency = (yuan: number, currency: string): number => Math.max(1, Math.round(yuan / (rates[currency] ?? 1)))

/** The amount of a line in cents: exact, since prices and quantities are whole. */
export const lineCents = (line: Line): number => line.quantity * line.price * (100 - line.discount)

export const totalCents = (lines: readonly Line[]): number => lines.reduce((sum, line) => sum + lineCents(line), 0)

/** Draws one to six lines of different products; larger customers buy more. */
export function drawLines(random: Random, products: readonly Product[], currency: string, level: string): Line[] {
  const sold = products.filter(product => product.isSold)
  const discount = Number(random.weighted({ '0': 52, '5': 20, '8': 6, '10': 13, '15': 6, '25': 3 }))
  const scale = level === 'a' ? 3 : level === 'b' ? 1.6 : 1
  return random.some(sold, random.whole(1, level === 'a' ? 6 : 4)).map(product => ({
    product,
    quantity: quantityOf(random, product.price, scale),
    price: inCurrency(product.price, currency),
    discount: product.price > 50000 && random.chance(0.4) ? Math.max(discount, 10) : discount,
  }))
}

function quantityOf(random: Random, price: number, scale: number): number {
  if (price >= 25000) return random.weighted({ '1': 85, '2': 15 }) === '1' ? 1 : 2
  const most = Math.max(2, Math.round((24000 * scale) / price))
  return random.whole(1, Math.min(most, 200))
}

/** The records of lines under their parent. */
export const lineRecords = (
  lines: readonly Line[],
  more: (line: Line) => Readonly<Record<string, string | undefined>> = () => ({}),
): SeedRecord[] =>
  lines.map((line, index) =>
    record({
      position: index + 1,
      product: ref('product', line.product.key),
      description: line.product.name,
      quantity: String(line.quantity),
      price: money(line.price * 100),
      discount: line.discount === 0 ? '0' : String(line.discount / 100),
      ...more(line),
    }),
  )
