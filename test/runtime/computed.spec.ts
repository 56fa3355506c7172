import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { schemaOf } from '../../runtime/database/schema.js'
import { Finisher } from '../../runtime/publishing/finisher.js'
import { dataOf } from '../support/app.js'
import type { RecordsWorld } from '../support/records.js'
import { driftsIn } from './computed-drifts.js'
import { computedWorld, type Deed, deed, perform, setRates } from './computed-world.js'

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
      { numRuns: 4, endOnFailure: true },
    )
    // chance may have left little behind: there is something to look at in any case
    const places: Deed[] = [1, 2, 3].flatMap((size): Deed[] => [
      { do: 'area', name: 'North' },
      { do: 'account', areaId: size, rate: '0.1' },
      { do: 'sale', data: { accountId: size, status: 'open' }, lines: [{ quantity: size, price: '2' }] },
      { do: 'hang', at: size, under: 0, size },
      { do: 'like', at: size, how: 'link', accounts: [0, 1], weight: '1' },
    ])
    await perform(world, [...places, ...places], false)
    const { seen, drifts } = await driftsIn(world)
    expect([seen > 50, drifts]).toEqual([true, []])
    const found = await world.get<{ totalCount: number }>(
      '{ areas(where: { or: [{ under: { gt: 0 } }, { fanCount: { gt: 0 } }] }, deleted: WITH) { totalCount } }',
    )
    expect(found.totalCount).toBeGreaterThan(0)
  })

  it('stay so when many write at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 20, maxLength: 40 }), async deeds => {
        await perform(world, deeds, true)
        expect((await driftsIn(world)).drifts).toEqual([])
      }),
      { numRuns: 4, endOnFailure: true },
    )
  })
})

describe('a record whose values are computed', () => {
  const one = async (query: string, variables: Record<string, unknown> = {}) => world.get<Record<string, unknown>>(query, variables)
  const account = async () => String((await one('mutation { createAccount(data: { name: "Acme", rate: "0.1" }) { id } }')).id)
  const sale = (accountId: string, price: string, more: object = {}) =>
    one('mutation($data: SaleCreate!) { createSale(data: $data) { id version total bonus grade lines { nodes { amount } } } }', {
      data: { name: 'S', status: 'open', accountId, lines: { create: [{ quantity: 2, price }] }, ...more },
    })

  it('has them right in the answer of the very write', async () => {
    expect(await sale(await account(), '10.5', { discount: '0.5' })).toMatchObject({
      total: '10.5',
      bonus: '1.05',
      grade: 'B',
      lines: { nodes: [{ amount: '21' }] },
    })
  })

  it('is no conflict for whoever edits it while something is computed', async () => {
    const id = await account()
    await sale(id, '500')
    const query =
      'mutation($id: ID!, $version: Int) { updateAccount(id: $id, data: { name: "Acme Ltd" }, version: $version) { name total level } }'
    expect(await one(query, { id, version: 1 })).toEqual({ name: 'Acme Ltd', total: '1000', level: 'A' })
    const answer = await world.ask(query, { id, version: 1 })
    expect(answer.body.errors?.[0]?.extensions.code).toBe('CONFLICT')
  })

  it('tells of it by an event, and leaves who edited it last and its history alone', async () => {
    const id = await account()
    await sale(id, '7')
    const { rows } = await world.app.database.pool.query(
      `select (select array_agg(event || ' ' || array_to_string(fields, ',') order by version) from w_computed._outbox where record = $1) as events,
         (select count(*)::int from w_computed._history where record = $1) as history, (select updated_at = created_at from w_computed.account where id = $1) as same`,
      [id],
    )
    expect(rows[0].events[1]).toMatch(/^updated .*total/)
    expect(rows[0]).toMatchObject({ history: 1, same: true })
  })
})

describe('amounts in several currencies', () => {
  const sell = (accountId: string, currency: string | null, day: string | null, worth: string) =>
    world.ask('mutation($data: SaleCreate!) { createSale(data: $data) { id } }', {
      data: { accountId, currency, day, worth, status: 'open' },
    })
  const worthOf = async (id: string) => (await world.get<{ worth: string }>('query($id: ID!) { account(id: $id) { worth } }', { id })).worth

  it('are gathered in the currency of the parent, each at the rate of its day, rounded to the smallest unit', async () => {
    const { id } = await world.get<{ id: string }>('mutation { createAccount(data: { currency: "EUR" }) { id } }')
    await sell(id, 'USD', '2026-01-31', '100')
    await sell(id, 'USD', '2026-02-28', '100')
    await sell(id, 'EUR', '2026-02-28', '0.005')
    await sell(id, 'JPY', '2026-02-28', '10000')
    expect(await worthOf(id)).toBe('234.425')
    await world.get('mutation($id: ID!) { updateAccount(id: $id, data: { currency: "JPY" }) { id } }', { id })
    expect(await worthOf(id)).toBe('39851')
  })

  it('are refused without a rate, naming currency and day', async () => {
    const { id } = await world.get<{ id: string }>('mutation { createAccount(data: { currency: "EUR" }) { id } }')
    const answer = await sell(id, 'CHF', '2026-01-31', '1')
    const { code, issues } = answer.body.errors?.[0]?.extensions ?? {}
    expect(code).toBe('VALIDATION_FAILED')
    expect(issues?.[0]).toMatchObject({ code: 'RATE_MISSING', path: 'worth', message: 'There is no exchange rate of CHF for 2026-01-31.' })
  })

  it('follow a rate that is corrected', async () => {
    const { id } = await world.get<{ id: string }>('mutation { createAccount(data: { currency: "USD" }) { id } }')
    await sell(id, 'EUR', '2026-01-31', '100')
    expect(await worthOf(id)).toBe('108.37')
    expect(dataOf(await setRates(world, [{ currency: 'EUR', day: '2026-01-01', rate: '1.2' }]), 'setExchangeRates')).toContainEqual({
      rate: '1.2',
    })
    await world.app.app.get(Finisher).finish(schemaOf('computed'))
    expect(await worthOf(id)).toBe('120')
    expect((await driftsIn(world)).drifts).toEqual([])
  })

  it('refuse rates that are none', async () => {
    const answer = await setRates(world, [{ currency: 'USD', day: '2026-13-01', rate: '-1' }])
    expect(answer.body.errors?.[0]?.extensions.issues.map(({ path }) => path)).toEqual(['rates/0/currency', 'rates/0/day', 'rates/0/rate'])
  })
})
