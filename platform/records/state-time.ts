import { dayOf, instantOf } from '../fields/zone.js'
import { addDays } from '../rules/days.js'
import { secondsBetween } from '../rules/instants.js'
import { isWorkday, workdaysBetween } from '../rules/workdays.js'

/** The whole seconds between two instants; none when the second is the earlier one. */
export const secondsIn = (from: string, to: string): number => Math.max(0, secondsBetween(from, to))

/** Those of the seconds between two instants that fall on workdays (Monday to Friday) of a zone. */
export function workSecondsIn(from: string, to: string, timeZone: string): number {
  if (to <= from) return 0
  const [first, last] = [dayOf(from, timeZone), dayOf(to, timeZone)]
  if (first === last) return isWorkday(first) ? secondsIn(from, to) : 0
  const second = addDays(first, 1) ?? last
  const begins = (day: string) => instantOf(day, { hour: 0, minute: 0 }, timeZone)
  const onFirst = isWorkday(first) ? secondsIn(from, begins(second)) : 0
  const onLast = isWorkday(last) ? secondsIn(begins(last), to) : 0
  return onFirst + workdaysBetween(second, last) * 86_400 + onLast
}
