import { describe, expect, it } from '@jest/globals'
import { killRounds } from './publishing-rounds.js'

describe('killing a program while it publishes', () => {
  it('leaves the old version or the new one, whole, and loses no value', async () => {
    const { old, new: fresh } = await killRounds(5, 20_261)
    expect(old + fresh).toBe(5)
  })
})
