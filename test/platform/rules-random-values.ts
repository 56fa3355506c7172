import fc from 'fast-check'
import { durationText } from '../../platform/rules/durations.js'
import type { ScalarType } from '../../platform/rules/types.js'

const ids = ['019a0000-0000-7000-8000-000000000001', '019a0000-0000-7000-8000-00000000000a', 'ffffffff-0000-4000-8000-000000000000']
const words = [
  '',
  ' ',
  'a',
  'A',
  'ab',
  'Straße',
  'ΑΣ',
  'İ',
  'ﬁ',
  '50%',
  'a_b',
  '\\',
  "it's",
  '商机',
  '\u{1f600}',
  '\uff5e',
  'e\u0301',
  'é',
  '$1',
  '0',
]
const isStorable = (text: string) => !/[\0\p{Surrogate}]/u.test(text)

const day = fc.oneof(
  fc.constantFrom('0001-01-01', '1969-12-31', '2024-02-29', '2025-12-31', '2026-01-01', '9999-12-31'),
  fc
    .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2040-12-31T00:00:00Z'), noInvalidDate: true })
    .map(date => date.toISOString().slice(0, 10)),
)
const decimal = fc.oneof(
  fc.constantFrom('0', '1', '-1', '0.5', '2.5', '-0.005', '0.1', '0.2', '0.3', '99999999999999.9999', '-99999999999999.9999', '0.0001'),
  fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 4 })).map(([units, scale]) => plain(units, scale)),
)

/** Whole units of a scale as a canonical decimal. */
function plain(units: number, scale: number): string {
  const digits = String(Math.abs(units)).padStart(scale + 1, '0')
  const fraction = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '')
  const whole = scale === 0 ? digits : digits.slice(0, -scale)
  return `${units < 0 ? '-' : ''}${whole}${fraction && `.${fraction}`}`
}

/** Contract values of each type. */
export const randomValues: Readonly<Record<ScalarType, fc.Arbitrary<unknown>>> = {
  text: fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 6 }).filter(isStorable)),
  integer: fc.oneof(fc.constantFrom(0, 1, -1, 2_147_483_647, -2_147_483_648), fc.integer({ min: -100, max: 100 })),
  decimal,
  boolean: fc.boolean(),
  date: day,
  dateTime: fc.oneof(
    fc.constantFrom('1970-01-01T00:00:00.000Z', '2026-03-29T01:30:00.000Z', '2026-10-25T00:30:00.000Z', '2025-12-31T16:00:00.001Z'),
    fc
      .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2040-12-31T00:00:00Z'), noInvalidDate: true })
      .map(date => date.toISOString()),
  ),
  time: fc.oneof(
    fc.constantFrom('00:00:00', '23:59:59', '09:30:00'),
    fc.integer({ min: 0, max: 86_399 }).map(second => new Date(second * 1000).toISOString().slice(11, 19)),
  ),
  duration: fc.oneof(
    fc.constantFrom('PT0S', 'PT1H30M', '-PT1S', 'PT24H'),
    fc.integer({ min: -1_000_000, max: 1_000_000 }).map(durationText),
  ),
  id: fc.constantFrom(...ids),
}
/** A value, or none. */
export const orNull = (value: fc.Arbitrary<unknown>) => fc.option(value, { nil: null, freq: 4 })
