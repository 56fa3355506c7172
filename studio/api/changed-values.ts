import { isSame } from '@tessera/platform/records/values.js'
import type { RecordValues } from './records.js'

/** How long a value is marked that somebody else changed. */
const shownFor = 2_500

const changed = new Map<string, ReadonlySet<string>>()
const keyOf = ({ id, version }: RecordValues) => `${id} ${version}`

/** Marks what differs between a record as it was shown and as it is now. */
export function markChanged(before: RecordValues, now: RecordValues): void {
  const keys = Object.keys(now).filter(key => key !== 'version' && !isSame(before[key], now[key]))
  if (keys.length === 0) return
  changed.set(keyOf(now), new Set(keys))
  setTimeout(() => changed.delete(keyOf(now)), shownFor)
}

/** Whether somebody else has just changed this value. */
export const isChanged = (record: RecordValues, key: string): boolean => changed.get(keyOf(record))?.has(key) === true
