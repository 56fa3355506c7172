import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { RecordsWorld } from '../support/records.js'
import { driftsIn } from './computed-drifts.js'
import { computedWorld, deed, perform } from './computed-world.js'

let world: RecordsWorld
beforeAll(async () => {
  world = await computedWorld('computed-long')
})
afterAll(async () => world?.app.close())

describe('computed fields, at full size', () => {
  it.each([
    ['one after the other', false],
    ['at once', true],
  ])('have no drift after writes %s', async (_, together) => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: 40 }), async deeds => {
        await perform(world, deeds, together)
        expect((await driftsIn(world)).drifts).toEqual([])
      }),
      { numRuns: 120, endOnFailure: true },
    )
  })
})
