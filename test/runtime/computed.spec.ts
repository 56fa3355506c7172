import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { RecordsWorld } from '../support/records.js'
import { driftsIn } from './computed-drifts.js'
import { computedWorld, deed, perform } from './computed-world.js'

let world: RecordsWorld
beforeAll(async () => {
  world = await computedWorld('computed')
})
afterAll(async () => world?.app.close())

describe('computed fields that are kept', () => {
  it('are what computing them anew gives, after any writes one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: 30 }), async deeds => {
        await perform(world, deeds, false)
        expect((await driftsIn(world)).drifts).toEqual([])
      }),
      { numRuns: 6, endOnFailure: true },
    )
    expect((await driftsIn(world)).seen).toBeGreaterThan(100)
  })

  it('stay so when many write at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 20, maxLength: 40 }), async deeds => {
        await perform(world, deeds, true)
        expect((await driftsIn(world)).drifts).toEqual([])
      }),
      { numRuns: 6, endOnFailure: true },
    )
  })
})
