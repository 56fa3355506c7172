import { Decimal } from 'decimal.js'

/**
 * Exact decimals: the precision is so large that sums, products and remainders within the limits of a rule are never rounded.
 * Quotients are rounded on purpose, see `quotient`.
 */
const Exact = Decimal.clone({ precision: 100_000, rounding: Decimal.ROUND_HALF_UP, defaults: true })

const decimalText = /^-?\d{1,60}(\.\d{1,60})?$/

/** Decimals that a quotient keeps. */
const quotientScale = 16

/** A number that was counted, such as a length, as an exact decimal. */
export const exact = (count: number): Decimal => new Exact(count)

/** The decimal of a contract value (decimal string, whole number); null for anything else, such as a half-typed number. */
export function decimalOf(value: unknown): Decimal | null {
  if (value instanceof Decimal) return new Exact(value)
  if (typeof value === 'number')
    return Number.isFinite(value) && Math.abs(value) < 1e40 && (value === 0 || Math.abs(value) > 1e-40) ? new Exact(value) : null
  return typeof value === 'string' && decimalText.test(value) ? new Exact(value) : null
}

/** The contract form: no exponent, no trailing zeros, no negative zero. */
export const decimalToText = (value: Decimal): string => (value.isZero() ? '0' : value.toFixed())

/** The quotient to 16 decimals, half away from zero (cut at the next digit, which decides alone); null for division by zero. */
export const quotient = (left: Decimal, right: Decimal): Decimal | null =>
  right.isZero()
    ? null
    : left
        .times(`1e${quotientScale + 1}`)
        .divToInt(right)
        .times(`1e-${quotientScale + 1}`)
        .toDecimalPlaces(quotientScale, Decimal.ROUND_HALF_UP)

/** Rounded half away from zero. */
export const rounded = (value: Decimal, places: number): Decimal => value.toDecimalPlaces(places, Decimal.ROUND_HALF_UP)
