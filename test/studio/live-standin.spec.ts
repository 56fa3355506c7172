import { describe, expect, it, jest } from '@jest/globals'
import { every, patience, standIn } from '../../studio/api/live-standin.js'

/** Time that passes when it is told to. */
function clock() {
  let now = 0
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>()
  const later = (run: () => void, time: number) => {
    const one = { at: now + time, run }
    waiting.add(one)
    return () => void waiting.delete(one)
  }
  const pass = (time: number) => {
    const end = now + time
    for (const one of waiting) {
      if (one.at > end) continue
      waiting.delete(one)
      now = one.at
      one.run()
    }
    now = end
  }
  return { later, pass, waiting }
}

describe('following without a connection', () => {
  const begin = () => {
    const place = { isQuiet: true }
    const { later, pass, waiting } = clock()
    const without = standIn({ isQuiet: () => place.isQuiet, later })
    const reread = jest.fn()
    return { place, pass, waiting, without, reread, leave: without.join(reread) }
  }

  it('reads again after a while, then each minute, until the connection stands', () => {
    const { pass, without, reread } = begin()
    pass(patience - 1)
    expect(reread).not.toHaveBeenCalled()
    pass(1)
    expect(reread).toHaveBeenCalledTimes(1)
    pass(3 * every)
    expect(reread).toHaveBeenCalledTimes(4)
    without.connected(true)
    pass(3 * every)
    expect(reread).toHaveBeenCalledTimes(4)
    without.connected(false)
    pass(patience)
    expect(reread).toHaveBeenCalledTimes(5)
  })

  it('reads nothing where the connection comes soon', () => {
    const { pass, without, reread } = begin()
    without.connected(true)
    pass(every)
    expect(reread).not.toHaveBeenCalled()
  })

  it('does not disturb who types, and reads when they are done', () => {
    const { pass, place, reread } = begin()
    place.isQuiet = false
    pass(2 * every)
    expect(reread).not.toHaveBeenCalled()
    place.isQuiet = true
    pass(patience)
    expect(reread).toHaveBeenCalledTimes(1)
  })

  it('ends with the last who follows', () => {
    const { pass, waiting, reread, leave } = begin()
    leave()
    pass(2 * every)
    expect(reread).not.toHaveBeenCalled()
    expect(waiting.size).toBe(0)
  })
})
