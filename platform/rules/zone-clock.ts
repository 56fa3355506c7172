import { dateText, dayNumber } from './day-numbers.js'

/*
 * Clocks by Intl alone, which every reader of rules has at hand: Temporal's polyfill would be a twentieth of what the app loads first,
 * and @date-fns/tz 1.5 reads -00:44:30 (Monrovia until 1972) as ahead of Greenwich. The tests hold each answer against Temporal's.
 */
const dayLength = 86_400_000
/** Clocks do not change twice within so many milliseconds, so two equal readings at its ends hold between them. */
const steady = dayLength / 4
const mostSteady = 4096

interface Zone {
  readonly format: Intl.DateTimeFormat
  /** The distance to Greenwich by stretch of time, where it is the same at both ends. */
  readonly known: Map<number, number | null>
}
const zones = new Map<string, Zone>()

function zoneOf(name: string): Zone {
  const kept = zones.get(name)
  if (kept) return kept
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, calendar: 'gregory', hourCycle: 'h23', era: 'short', ...parts })
  const zone = { format, known: new Map() }
  if (zones.size >= 500) zones.clear()
  zones.set(name, zone)
  return zone
}

/** What a clock of the zone shows at an instant, read as if it stood at Greenwich, to the second. */
function shown({ format }: Zone, time: number): number {
  const read: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of format.formatToParts(time)) read[type] = value
  const year = Number(read.year)
  const clock = new Date(0)
  clock.setUTCFullYear(read.era?.startsWith('B') ? 1 - year : year, Number(read.month) - 1, Number(read.day))
  return clock.setUTCHours(Number(read.hour), Number(read.minute), Number(read.second))
}

const measured = (zone: Zone, time: number): number => shown(zone, time) - Math.floor(time / 1000) * 1000

/** How far the clocks of a zone are before those of Greenwich at an instant, in milliseconds. */
function offsetAt(zone: Zone, time: number): number {
  const stretch = Math.floor(time / steady)
  let known = zone.known.get(stretch)
  if (known === undefined) {
    const first = measured(zone, stretch * steady)
    known = first === measured(zone, (stretch + 1) * steady - 1) ? first : null
    if (zone.known.size >= mostSteady) zone.known.clear()
    zone.known.set(stretch, known)
  }
  return known ?? measured(zone, time)
}

/** The milliseconds of an instant; a RangeError for what is none. */
function timeOf(instant: string): number {
  const time = Date.parse(instant)
  if (Number.isNaN(time)) throw new RangeError(`${JSON.stringify(instant)} is no instant`)
  return time
}

function clockAt(instant: string, timeZone: string): number {
  const time = timeOf(instant)
  return time + offsetAt(zoneOf(timeZone), time)
}

/** The day of the calendar that a zone has at an instant; a RangeError for what is no instant and for an unknown zone. */
export const dayAt = (instant: string, timeZone: string): string => dateText(clockAt(instant, timeZone))

/** The time of day that the clocks of a zone show at an instant, `HH:MM:SS`. */
export const clockOf = (instant: string, timeZone: string): string =>
  new Date(clockAt(instant, timeZone)).toISOString().split('T')[1]?.slice(0, 8) ?? ''

/** When the clocks of a zone show something: twice where a change repeats it, else as the clock before a gap went on. */
export type Repeated = 'first' | 'second'

/**
 * The time in milliseconds at which the clocks of a zone show a date and a time of day. What a change of clocks leaves out
 * is taken by the clock before it.
 * @param date `YYYY-MM-DD`
 * @param sinceMidnight milliseconds of the time of day
 * @param repeated which of two it is, where a change of clocks repeats it
 */
export function timeAt(date: string, sinceMidnight: number, timeZone: string, repeated: Repeated): number {
  const zone = zoneOf(timeZone)
  const local = dayNumber(date) * dayLength + sinceMidnight
  const before = offsetAt(zone, local - dayLength)
  const after = offsetAt(zone, local + dayLength)
  const found = [local - before, local - after].filter(time => time + offsetAt(zone, time) === local)
  if (found.length === 0) return local - before
  return repeated === 'first' ? Math.min(...found) : Math.max(...found)
}
