import { randomFillSync } from 'node:crypto'

/** Chance is drawn ahead, because asking for it is what an id costs most. */
const pool = Buffer.alloc(8 * 512)
let drawn = pool.length
let last = 0
let counter = 0

/**
 * A new UUIDv7 (RFC 9562, method 1): the time in milliseconds, a counter, chance. Ids made by one process ascend, also
 * within a millisecond, so that records keep the order in which they were made.
 * @param now milliseconds since 1970
 */
export function newId(now: number = Date.now()): string {
  if (now > last) [last, counter] = [now, 0]
  else if (++counter > 0x3fff) [last, counter] = [last + 1, 0]
  if (drawn >= pool.length) {
    randomFillSync(pool)
    drawn = 0
  }
  const chance = pool.toString('hex', drawn, drawn + 8)
  drawn += 8
  const time = last.toString(16).padStart(12, '0')
  // twelve bits of the counter behind the version, two more and ten of chance behind the variant
  const high = (counter >> 2).toString(16).padStart(3, '0')
  const variant = (0x8 | (counter & 3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${high}-${variant}${chance.slice(0, 3)}-${chance.slice(3, 15)}`
}
