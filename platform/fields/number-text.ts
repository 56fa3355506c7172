import { Decimal } from 'decimal.js'
import type { FieldDefinition } from './definition.js'
import { fits, misfit, type Parsed } from './field.js'
import { expected, plain } from './value-text.js'

const exact = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -9e15, toExpPos: 9e15 })
const written = /^[+-]?(\d{1,40}(\.\d{1,40})?|\.\d{1,40})$/
const units: Readonly<Record<string, string>> = { k: '1000', m: '1000000', 万: '10000', 亿: '100000000', '%': '0.01' }

/** How many digits a decimal column has, all and behind the point. */
export interface Digits {
  readonly precision: number
  readonly scale: number
}

/** A decimal as the contract writes it: no exponent, no needless zeros, no minus zero. */
export const canonical = (text: string): string => canonicalOf(new exact(text))

const canonicalOf = (value: Decimal): string => (value.isZero() ? '0' : value.toFixed())

/** Checks a decimal: a string or a whole JSON number; bounds, digits and scale as the field has them. A fraction as JSON number is refused, it is not exact. */
export function parseDecimal(value: unknown, field: FieldDefinition, digits: Digits): Parsed {
  if (value === null || value === undefined || value === '') return fits(null)
  if (typeof value === 'number' ? !Number.isSafeInteger(value) : typeof value !== 'string') return expected('number')
  const text = String(value).trim()
  if (!written.test(text)) return expected('number')
  const number = new exact(text)
  if (number.decimalPlaces() > digits.scale) return misfit('VALUE_SCALE', { scale: digits.scale })
  const limit = powerOfTen(digits.precision - digits.scale)
  if (number.abs().gte(limit))
    return misfit(number.isNegative() ? 'VALUE_TOO_SMALL' : 'VALUE_TOO_LARGE', {
      min: `-${limit.minus(1).toFixed()}`,
      max: limit.minus(1).toFixed(),
    })
  return withinBounds(canonicalOf(number), field)
}

const powers = new Map<number, Decimal>()

/** A power of ten, made once: there are as many as kinds of columns. */
function powerOfTen(exponent: number): Decimal {
  const known = powers.get(exponent) ?? new exact(10).pow(exponent)
  powers.set(exponent, known)
  return known
}

/** Checks a canonical decimal against the field's `min` and `max`. */
export function withinBounds(value: string, field: FieldDefinition): Parsed {
  if (field.min !== undefined && new exact(value).lt(String(field.min))) return misfit('VALUE_TOO_SMALL', { min: String(field.min) })
  if (field.max !== undefined && new exact(value).gt(String(field.max))) return misfit('VALUE_TOO_LARGE', { max: String(field.max) })
  return fits(value)
}

/** Reads a number as people write it: `1,234.5`, `1.2万`, `12k`, `15%`, `¥ 1,200.00`, full-width digits, `(5)` as minus five. Null when it is none. */
export function readNumber(text: string): string | null {
  let rest = plain(text)
    .replace(/[,'\s_]/g, '')
    .replace(/，/g, '')
  const bracketed = /^\((.*)\)$/.exec(rest)
  if (bracketed) rest = `-${bracketed[1]}`
  rest = rest.replace(/^([+-]?)(?:[A-Z]{3}|[¥$€£₩₹]|US\$|HK\$)/u, '$1')
  const unit = /[kKmM万亿%]$/u.exec(rest)?.[0]
  const digits = unit ? rest.slice(0, -1) : rest
  if (!written.test(digits)) return null
  const factor = unit ? units[unit.toLowerCase()] : undefined
  return canonical(factor ? new exact(digits).times(factor).toFixed() : digits)
}

/** A parser of texts for number types. */
export const numberFromText =
  (parse: (value: unknown, field: FieldDefinition) => Parsed) =>
  (text: string, field: FieldDefinition): Parsed => {
    if (plain(text) === '') return fits(null)
    const number = readNumber(text)
    return number === null ? expected('number') : parse(number, field)
  }

/** A decimal rounded half away from zero, to so many decimals. */
export const rounded = (value: string, scale: number): string => canonical(new exact(value).toFixed(scale))
