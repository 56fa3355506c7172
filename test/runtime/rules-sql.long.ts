import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type pg from 'pg'
import { compareReadings, openClient, sayReferred } from './rules-postgres.js'

let client: pg.Client
beforeAll(async () => {
  client = await openClient()
})
afterAll(() => client.end())

const seed = Number(process.env.TESSERA_TEST_SEED ?? 20260302)

describe('rules in PostgreSQL, at full size', () => {
  it.each(['all', 'shared'] as const)(
    `agrees with JavaScript and json-logic-js on 100,000 random pairs: %s (seed ${seed})`,
    async source => {
      const compared = await compareReadings(client, seed, 50, source)
      expect({ pairs: compared.pairs, differences: compared.differences.slice(0, 3) }).toEqual({ pairs: 100_000, differences: [] })
      sayReferred(compared, source)
      if (source === 'shared') expect(compared.referred).toBeGreaterThan(50_000)
    },
  )
})
