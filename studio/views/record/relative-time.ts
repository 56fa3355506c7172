import { formatDate } from '@tessera/platform/fields/reading.js'
import { dayOf } from '@tessera/platform/fields/zone.js'
import type { Locale } from '@tessera/platform/label.js'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/**
 * How long ago something was, as people say it: just now, 35 minutes ago, yesterday 14:05; after a week the date.
 * @param justNow what is said of the last minute
 * @param now for tests; the present otherwise
 */
export function relativeTime(at: string, locale: Locale, timeZone: string, justNow: string, now = Date.now()): string {
  const passed = now - Date.parse(at)
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (passed < minute) return justNow
  if (passed < hour) return words.format(-Math.floor(passed / minute), 'minute').replace(' ', locale === 'zh-CN' ? '' : ' ')
  const today = dayOf(new Date(now).toISOString(), timeZone)
  const then = dayOf(at, timeZone)
  if (today === then) return words.format(-Math.floor(passed / hour), 'hour')
  const days = Math.round((Date.parse(today) - Date.parse(then)) / day)
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(new Date(at))
  if (days === 1) return `${words.format(-1, 'day')} ${clock}`
  return days < 7 ? words.format(-days, 'day') : formatDate(then, locale)
}
