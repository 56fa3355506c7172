import { describe, expect, it } from '@jest/globals'
import { instantOf } from '@tessera/platform/fields/zone.js'
import { spanDays } from '@tessera/platform/query/span.js'
import { addDays, addMonths, calendarUnits, dayIn, daysBetween, endOf, partOf, startOf } from '@tessera/platform/rules/days.js'
import { instantAt, timeIn } from '@tessera/platform/rules/instants.js'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'

const zones = [
  'UTC',
  'Asia/Shanghai',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/St_Johns',
  'Africa/Casablanca',
  'Asia/Tehran',
]
const zone = fc.constantFrom(...zones)
const date = fc
  .oneof(
    { weight: 3, arbitrary: fc.date({ min: new Date('1890-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }) },
    { weight: 1, arbitrary: fc.date({ min: new Date('0002-01-01'), max: new Date('9998-12-31'), noInvalidDate: true }) },
  )
  .map(value => value.toISOString())
const day = date.map(value => value.slice(0, 10))
const runs = { numRuns: 60 * Number(process.env.TESSERA_RANDOM ?? 1) }
const plain = (value: string) => Temporal.PlainDate.from(value)
const same = (found: string, wanted: { toString(): string }) => expect(found).toBe(wanted.toString())

/** Days at which the clocks of these zones change, and the days around them: few of all days, and those that matter. */
function changes(): fc.Arbitrary<readonly [string, string]> {
  const found = zones.flatMap(timeZone => {
    let at = Temporal.ZonedDateTime.from(`1900-01-01T00:00[${timeZone}]`)
    const days: [string, string][] = []
    for (let next = at.getTimeZoneTransition('next'); next && next.year < 2050; next = at.getTimeZoneTransition('next')) {
      days.push([next.toPlainDate().toString(), timeZone])
      at = next
    }
    return days
  })
  return fc.constantFrom(...found)
}

describe('the calendar and the clocks, told as Temporal tells them', () => {
  it('days, weeks, months and years', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: -4000, max: 4000 }), (a, b, n) => {
        expect(daysBetween(a, b)).toBe(plain(a).until(b, { largestUnit: 'day' }).days)
        const later = plain(a).add({ days: n })
        if (later.year >= 1 && later.year <= 9999) same(addDays(a, n) ?? '', later)
        const months = plain(a).add({ months: n })
        if (months.year >= 1 && months.year <= 9999) same(addMonths(a, n) ?? '', months)
        expect([partOf(a, 'dayOfWeek'), partOf(a, 'week')]).toEqual([plain(a).dayOfWeek, plain(a).weekOfYear])
        expect(partOf(startOf(a, 'week'), 'dayOfWeek')).toBe(1)
        for (const unit of calendarUnits) expect([startOf(a, unit) <= a, (endOf(a, unit) ?? '') >= a]).toEqual([true, true])
      }),
      runs,
    )
  })

  it('spans seen from a day', () => {
    const unit = fc.constantFrom('DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR')
    fc.assert(
      fc.property(day, unit, fc.integer({ min: 0, max: 30 }), (today, name, count) => {
        const key = { DAY: 'days', WEEK: 'weeks', MONTH: 'months', QUARTER: 'months', YEAR: 'years' }[name] as 'days'
        const length = { [key]: name === 'QUARTER' ? 3 * count : count }
        const tomorrow = plain(today).add({ days: 1 })
        const span = { count, unit: name as 'DAY' }
        same(spanDays({ last: span }, today, 1).join(), [tomorrow.subtract(length), tomorrow].join())
        same(spanDays({ next: span }, today, 1).join(), [tomorrow, tomorrow.add(length)].join())
      }),
      runs,
    )
  })

  it('the day and the time of an instant in a zone', () => {
    fc.assert(
      fc.property(date, zone, (instant, timeZone) => {
        const there = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone)
        same(dayIn(instant, timeZone), there.toPlainDate())
        expect(timeIn(instant, timeZone)).toBe(there.toPlainTime().toString().slice(0, 8))
      }),
      runs,
    )
  })

  it('the instant of a day and a time in a zone, where clocks change as well', () => {
    const anyDay = fc.oneof(changes(), fc.tuple(day, zone))
    const clock = fc.record({
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
      second: fc.constantFrom(0, 1, 59),
    })
    fc.assert(
      fc.property(anyDay, clock, ([at, timeZone], time) => {
        const local = plain(at).toPlainDateTime(time)
        same(instantOf(at, time, timeZone), local.toZonedDateTime(timeZone).toInstant().toString({ fractionalSecondDigits: 3 }))
        const second = local.toZonedDateTime(timeZone, { disambiguation: 'later' }).epochMilliseconds
        expect(instantAt(at, local.toPlainTime().toString({ smallestUnit: 'second' }), timeZone)).toBe(new Date(second).toISOString())
      }),
      { numRuns: 4 * runs.numRuns },
    )
  })

  it('refuses what is no date', () => {
    for (const wrong of ['2026-02-30', '2026-13-01', '', 'today', '2026-1-1', '02026-01-01'])
      expect(() => daysBetween(wrong, '2026-01-01')).toThrow(RangeError)
    expect(() => dayIn('2026-01-01T00:00:00.000Z', 'Mars/Olympus')).toThrow(RangeError)
  })
})
