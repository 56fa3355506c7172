import { Decimal } from 'decimal.js'
import type { Value } from './types.js'

/** How far apart two neighbouring binary floats around 1 are. */
const step = 2 ** -52

/** How far numbers that binary floats compute can be from the exact ones: bounds, kept while a rule is evaluated. */
export interface FloatErrors {
  /** The bound of a value; 0 for what floats have exactly, and for what is no number. */
  readonly of: (value: Value) => number
  /** Whether floats keep two numbers apart, or know them as the same. */
  readonly tellApart: (left: Value, right: Value) => boolean
  /** Whether a value is what somebody wrote, with no more digits than a float keeps, or computed without any error. */
  readonly isExact: (value: Value) => boolean
  /** Is told of a call with numbers. */
  readonly note: (operator: string, values: readonly Value[], value: Value) => void
}

/** Begins to keep bounds: nothing has been computed yet. */
export function floatErrors(): FloatErrors {
  const computed = new Map<Value, number>()
  const of = (value: Value): number => (value instanceof Decimal ? (computed.get(value) ?? (isWhole(value) ? 0 : sizeOf(value) * step)) : 0)
  const isExact = (value: Value): boolean => !(value instanceof Decimal) || (value.precision() <= 15 && !computed.get(value))
  return {
    of,
    isExact,
    tellApart: (left, right) => {
      if (!(left instanceof Decimal && right instanceof Decimal)) return true
      return (
        (isExact(left) && isExact(right)) ||
        left
          .minus(right)
          .abs()
          .gt(4 * (of(left) + of(right)))
      )
    },
    note: (operator, values, value) => {
      if (!(value instanceof Decimal) || !Object.hasOwn(bounds, operator)) return
      const numbers = values.filter(each => each instanceof Decimal)
      const isPure = operator !== '/' && numbers.every(each => isWhole(each) && of(each) === 0)
      const sum = numbers.reduce((total, each) => total + sizeOf(each), 0)
      const isKept = isPure && isWhole(value) && sum < 2 ** 53
      computed.set(value, isKept ? 0 : (bounds[operator]?.(numbers.map(each => ({ size: sizeOf(each), error: of(each) }))) ?? 0))
    },
  }
}

/** A whole number that floats have exactly. */
export const isWhole = (value: Value): boolean => value instanceof Decimal && value.isInteger() && value.abs().lt(2 ** 53)

const sizeOf = (value: Decimal): number => value.abs().toNumber()

interface Measure {
  readonly size: number
  readonly error: number
}

const ofSum = (terms: readonly Measure[]): number =>
  terms.reduce((total, { size, error }) => total + error + step * terms.length * (size + error), 0)

const ofProduct = (factors: readonly Measure[]): number => {
  const most = factors.reduce((product, { size, error }) => product * (size + error), 1)
  return most - factors.reduce((product, { size }) => product * size, 1) + step * (factors.length + 1) * most
}

const ofQuotient = ([left, right]: readonly Measure[]): number => {
  if (!left || !right) return 0
  const most = (left.size + left.error) / (right.size - right.error)
  return most - left.size / right.size + 4 * step * most + 1e-16
}

const ofOne = (values: readonly Measure[]): number => Math.max(...values.map(({ error }) => error))

/** The bound of what an operator computes, from its numbers. */
const bounds: Readonly<Record<string, (values: readonly Measure[]) => number>> = Object.freeze({
  '+': ofSum,
  '-': ofSum,
  '*': ofProduct,
  '/': ofQuotient,
  min: ofOne,
  max: ofOne,
})
