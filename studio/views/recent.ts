/** A record that was opened lately on this device. */
export interface Recent {
  readonly to: string
  readonly title: string
  readonly object: string
}

const place = 'tessera.recent'
const most = 12

/** The records opened lately, the latest first. */
export function recentRecords(): readonly Recent[] {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '[]') as Recent[]
  } catch {
    return []
  }
}

/** Remembers that a record was opened. */
export function rememberRecord(recent: Recent): void {
  localStorage.setItem(place, JSON.stringify([recent, ...recentRecords().filter(each => each.to !== recent.to)].slice(0, most)))
}
