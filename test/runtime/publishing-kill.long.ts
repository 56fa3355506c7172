import { describe, expect, it } from '@jest/globals'
import { killRounds } from './publishing-rounds.js'

describe('killing a program while it publishes, many times', () => {
  it('leaves the old version or the new one, whole, and loses no value', async () => {
    const outcomes = await killRounds(50, 7)
    expect(outcomes.old).toBeGreaterThan(0)
    expect(outcomes.new).toBeGreaterThan(0)
  })
})
