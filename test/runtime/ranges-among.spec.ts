import { describe, expect, it } from '@jest/globals'
import { dateClass } from '../../platform/fields/classes.js'
import type { RangeSet } from '../../platform/model/sets.js'
import { overlapsAmong } from '../../runtime/records/check-ranges.js'
import type { Entry } from '../../runtime/records/ledger.js'

const field = (key: string) => ({ key, class: dateClass }) as RangeSet['from']
const range = (isEndIncluded: boolean): RangeSet => ({
  name: 'r',
  from: field('a'),
  to: field('b'),
  per: [field('k')],
  isEndIncluded,
  message: null,
})
const entry = (a: string | null, b: string | null, k: string) => ({ change: { after: { a, b, k } }, row: 0 }) as unknown as Entry

describe('ranges among each other', () => {
  it('overlap somewhere exactly when some two of them do, for 2,000 random sets', () => {
    const seed = 7
    let state = seed
    const random = (below: number) => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
      return (state >> 8) % below
    }
    const day = (at: number) => `2026-01-${String(at + 1).padStart(2, '0')}`
    for (let round = 0; round < 2000; round++) {
      const included = round % 2 === 0
      const spans = Array.from({ length: 1 + random(5) }, () => {
        const [from, length] = [random(20), random(4) + (included ? 0 : 1)]
        return { a: random(9) === 0 ? null : day(from), b: random(9) === 0 ? null : day(from + length), k: random(2) ? 'x' : 'y' }
      })
      const isBefore = (end: string | null, start: string | null) =>
        end !== null && start !== null && (included ? end < start : end <= start)
      const some = spans.some((left, at) =>
        spans.slice(at + 1).some(right => left.k === right.k && !isBefore(left.b, right.a) && !isBefore(right.b, left.a)),
      )
      const found = overlapsAmong(
        range(included),
        spans.map(({ a, b, k }) => entry(a, b, k)),
      )
      expect([seed, round, spans, found.size > 0]).toEqual([seed, round, spans, some])
    }
  })
})
