import { dayOf } from '@tessera/platform/fields/zone.js'

let today: { zone: string; day: string; until: number } | undefined

/** The day it is in a zone now, `YYYY-MM-DD`; asked anew each minute. */
export function todayIn(zone: string): string {
  const now = Date.now()
  if (!today || today.zone !== zone || today.until < now)
    today = { zone, day: dayOf(new Date(now).toISOString(), zone), until: now + 60_000 }
  return today.day
}
