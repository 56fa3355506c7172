import { isDate } from '@tessera/platform/fields/date-text.js'
import { dateTime } from '@tessera/platform/fields/date-time.js'
import { durationText, secondsOf, timeOfDay } from '@tessera/platform/rules/durations.js'
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from 'graphql'

/** A number of exact decimals: a string out; a string or a whole number in. A fraction as a JSON number is refused, because it is not exact. */
export const Decimal = new GraphQLScalarType({
  name: 'Decimal',
  description: 'An exact decimal, written as a string. A string or a whole number is read; a fraction as a number is refused.',
  serialize: String,
  parseValue: value => {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
    return decimalText(value)
  },
  parseLiteral: node => {
    if (node.kind === Kind.INT || node.kind === Kind.STRING) return decimalText(node.value)
    throw new GraphQLError('Decimal takes a string such as "12.5" or a whole number')
  },
})

/** A day of the calendar, `YYYY-MM-DD`. */
export const DateScalar = textScalar('Date', 'A day of the calendar, such as 2026-01-31.', text => (isDate(text) ? text : null))

/** An instant in UTC. */
export const DateTimeScalar = textScalar('DateTime', 'An instant (ISO 8601), answered as 2026-01-02T03:04:05.678Z.', text => {
  const parsed = dateTime.parse(text, { type: 'dateTime' })
  return 'value' in parsed && typeof parsed.value === 'string' ? parsed.value : null
})

/** A time of day. */
export const TimeScalar = textScalar('Time', 'A time of day, such as 14:30:00.', timeOfDay)

/** A span of time (ISO 8601). */
export const DurationScalar = textScalar(
  'Duration',
  'A duration in weeks, days, hours, minutes and seconds (ISO 8601), answered such as PT36H30M.',
  text => {
    const seconds = secondsOf(text)
    return seconds === null ? null : durationText(seconds)
  },
)

/** Any JSON. */
export const Json = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON.',
  parseValue: value => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
})

const written = /^[+-]?(\d+(\.\d*)?|\.\d+)$/

function decimalText(value: unknown): string {
  if (typeof value === 'string' && value.length <= 100 && written.test(value.trim())) return value.trim()
  throw new GraphQLError('Decimal takes a string such as "12.5" or a whole number')
}

function textScalar(name: string, description: string, read: (text: string) => string | null): GraphQLScalarType {
  const parse = (value: unknown): string => {
    const text = typeof value === 'string' ? read(value) : null
    if (text === null) throw new GraphQLError(`${name} takes ${description.slice(0, 1).toLowerCase()}${description.slice(1)}`)
    return text
  }
  return new GraphQLScalarType({
    name,
    description,
    serialize: String,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : null),
  })
}
