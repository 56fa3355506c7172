import { dayOf } from '@tessera/platform/fields/zone.js'
import type { Moment } from '@tessera/platform/records/defaults.js'
import type { App } from './app.js'

/** Who writes, and when. */
export function momentOf(app: App): Moment {
  const now = new Date().toISOString()
  return { member: app.member, now, today: dayOf(now, app.timeZone), timeZone: app.timeZone }
}
