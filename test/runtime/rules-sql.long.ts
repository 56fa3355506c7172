import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type pg from 'pg'
import { compareReadings, openClient } from './rules-postgres.js'

let client: pg.Client
beforeAll(async () => {
  client = await openClient()
})
afterAll(() => client.end())

const seed = Number(process.env.TESSERA_TEST_SEED ?? 20260302)

describe('rules in PostgreSQL, at full size', () => {
  it(`agrees with JavaScript on 100,000 random pairs of rule and record (seed ${seed})`, async () => {
    const { pairs, differences } = await compareReadings(client, seed, 50)
    expect({ pairs, differences: differences.slice(0, 3) }).toEqual({ pairs: 100_000, differences: [] })
  })
})
