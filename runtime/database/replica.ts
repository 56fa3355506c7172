import type { Pool } from 'pg'

/** How far PostgreSQL has written or replayed, as a number that grows. */
export type Position = bigint

/** Positions come as two hexadecimal numbers, `16/B374D848`. */
export function positionOf(text: string): Position {
  const [high = '0', low = '0'] = text.split('/')
  const position = (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
  // where a page of the log is full, the next record is said to begin behind the header of the page after it
  return position % 8192n === 24n ? position - 24n : position
}

/** Where the primary stood at a moment of this process's clock. */
export interface Sample {
  readonly moment: number
  readonly position: Position
}

/** One read-only copy: its pool, once it answered, and how far it is. */
export class Replica {
  pool: Pool | null = null
  isAway = false
  isAsked = false
  replayed: Position = 0n
  /** The last moment of which it is known to hold everything. */
  holds = Number.NEGATIVE_INFINITY

  constructor(readonly url: string) {}

  /** Takes down how far it has replayed, beside where the primary was lately. */
  reached(position: Position, samples: readonly Sample[]): void {
    this.isAway = false
    this.replayed = position
    for (const sample of samples) if (sample.position <= position) this.holds = Math.max(this.holds, sample.moment)
  }
}
