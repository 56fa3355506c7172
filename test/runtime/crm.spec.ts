import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ratesIn } from '../../runtime/seeding/seed-rates.js'
import { dataOf, post, signInHeaders, startTestApp, type TestApp } from '../support/app.js'
import { publish } from '../support/publish.js'

const folder = join(import.meta.dirname, '../../metadata/crm')
const definitions = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.json'))
  .sort((left, right) => (left < right ? -1 : 1))
  .map(file => JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown)

let app: TestApp
let headers: Record<string, string>
let customerId = ''

const ask = (query: string, variables: Record<string, unknown> = {}) => post(`${app.url}/graphql`, query, variables, headers)
const get = async <T = Record<string, unknown>>(query: string, variables: Record<string, unknown> = {}): Promise<T> => {
  const answer = await ask(query, variables)
  return dataOf<T>(answer, Object.keys(answer.body.data ?? {})[0] ?? '')
}
const issuesOf = async (query: string, variables: Record<string, unknown> = {}) =>
  (await ask(query, variables)).body.errors?.flatMap(error => error.extensions.issues.map(({ code, path }) => `${code} ${path}`)) ?? []
const made = async (type: string, data: Record<string, unknown>, fields = 'id'): Promise<Record<string, unknown>> =>
  get(`mutation($data: ${type}Create!) { create${type}(data: $data) { ${fields} } }`, { data })

beforeAll(async () => {
  app = await startTestApp('crm-spec', [{}])
  headers = await signInHeaders(app, 'admin@crm-spec.test')
  await publish(app, headers, definitions)
  const rates = [{ currency: 'EUR', day: '2020-01-01', rate: '7.8' }]
  const query = 'mutation($rates: [ExchangeRateInput!]!) { setExchangeRates(rates: $rates) { currency } }'
  dataOf(await post(`${app.url}/platform`, query, { rates }, headers), 'setExchangeRates')
  customerId = String((await made('Customer', { name: 'Acme', creditLimit: '1000' })).id)
})
afterAll(async () => app.close())

describe('an order with products', () => {
  const fields = 'id status total linesTotal value tax open paymentStatus'
  let order: Record<string, unknown>

  it('comes to what they do less the discount of the whole order', async () => {
    const lines = {
      create: [
        { quantity: '2', price: '100', discount: '0.05' },
        { quantity: '1', price: '33.33' },
      ],
    }
    order = await made('Order', { name: 'O', customerId, currency: 'EUR', discount: '0.1', lines }, fields)
    expect(order).toMatchObject({ total: null, linesTotal: '223.33', value: '201', tax: '23.12', open: '201', paymentStatus: 'none' })
  })

  it('takes that as its total when it is confirmed, and counts for its customer at the rate of the day', async () => {
    const query = `mutation($id: ID!) { transitionOrder(id: $id, transition: "confirm") { ${fields} } }`
    expect(await get(query, { id: order.id })).toMatchObject({ status: 'confirmed', total: '201', paymentStatus: 'unpaid' })
    expect(await get('query($id: ID!) { customer(id: $id) { orderCount lifetimeValue balance creditLeft } }', { id: customerId })).toEqual({
      orderCount: 1,
      lifetimeValue: '1567.8',
      balance: '0',
      creditLeft: '1000',
    })
  })

  it('is overdue when a payment is, partly paid and then paid by what is received', async () => {
    const payment = (data: object) => made('Payment', { customerId, orderId: order.id, currency: 'EUR', ...data })
    const status = async () => (await get('query($id: ID!) { order(id: $id) { paymentStatus } }', { id: order.id })).paymentStatus
    const { id } = await payment({ amount: '101', dueOn: '2026-01-05' })
    expect(await status()).toBe('overdue')
    expect(await get('query($id: ID!) { customer(id: $id) { balance creditLeft } }', { id: customerId })).toEqual({
      balance: '787.8',
      creditLeft: '212.2',
    })
    await payment({ amount: '100', status: 'received', receivedOn: '2026-01-05' })
    await get('mutation($id: ID!) { updatePayment(id: $id, data: { dueOn: "2099-01-01" }) { id } }', { id })
    expect(await status()).toBe('partly')
    await get('mutation($id: ID!) { updatePayment(id: $id, data: { status: "received", receivedOn: "2026-01-06" }) { id } }', { id })
    expect(await status()).toBe('paid')
  })

  it('may be drafted in a currency without a rate; what is owed in it is refused, with the place to enter one', async () => {
    const { id } = await made('Order', { name: 'O', customerId, currency: 'CHF', total: '5' })
    const answer = await ask('mutation($data: PaymentCreate!) { createPayment(data: $data) { id } }', {
      data: { customerId, orderId: id, amount: '5', currency: 'CHF' },
    })
    expect(answer.body.errors?.[0]?.extensions.issues[0]).toMatchObject({
      code: 'RATE_MISSING',
      hint: expect.stringContaining('Exchange rates'),
    })
  })
})

it('an opportunity counts its products, else its amount, and is won with what it comes to', async () => {
  const plain = await made('Opportunity', { name: 'P', customerId, amount: '100', probability: '0.5' }, 'value weighted')
  expect(plain).toEqual({ value: '100', weighted: '50' })
  const lines = { create: [{ quantity: '3', price: '50' }] }
  const { id, ...values } = await made('Opportunity', { name: 'L', customerId, amount: '100', lines }, 'id value weighted')
  expect(values).toEqual({ value: '150', weighted: '15' })
  const win = 'mutation($id: ID!) { transitionOpportunity(id: $id, transition: "win") { stage value } }'
  expect(await get(win, { id })).toEqual({ stage: 'won', value: '150' })
})

describe('a campaign', () => {
  it('has left of its budget what it did not cost, ends when its tasks are closed, and tells what came of it', async () => {
    const fields = 'id status remaining leadCount revenue roi costPerLead openTasks'
    const costs = { create: [{ item: 'Stand', planned: '15000', actual: '12000' }] }
    const { id } = await made('Campaign', { name: 'Fair', budget: '50000', startsOn: '2026-01-01', costs }, fields)
    const take = (transition: string) => `mutation { transitionCampaign(id: "${String(id)}", transition: "${transition}") { ${fields} } }`
    const task = await made('Activity', { subject: 'Call', relatedTo: { campaign: { id } } })
    expect(await get(take('start'))).toMatchObject({ status: 'running', remaining: '38000', openTasks: 1, roi: '-1' })
    expect(await issuesOf(take('finish'))).toEqual(['TRANSITION_REFUSED status'])
    await get('mutation($id: ID!) { updateActivity(id: $id, data: { status: "done" }) { id } }', { id: task.id })
    await made('Lead', { name: 'Ann', campaignId: id })
    const deal = await made('Opportunity', { name: 'D', customerId, currency: 'EUR', amount: '3000', campaignId: id })
    await get('mutation($id: ID!) { transitionOpportunity(id: $id, transition: "win") { id } }', { id: deal.id })
    expect(await get(take('finish'))).toEqual({
      id,
      status: 'done',
      remaining: '38000',
      leadCount: 1,
      revenue: '23400',
      roi: '0.95',
      costPerLead: '12000',
      openTasks: 0,
    })
  })
})

describe('the unified social credit code', () => {
  const create = 'mutation($code: String) { createCustomer(data: { name: "C", creditCode: $code }) { creditCode } }'

  it('is taken with its check digit', async () => {
    for (const code of ['91350100M000100Y43', '91110000600037341L', null]) expect(await get(create, { code })).toEqual({ creditCode: code })
  })

  it('is refused with another one, or with two digits exchanged', async () => {
    for (const code of ['91350100M000100Y44', '91110000600037314L', '19110000600037341L'])
      expect(await issuesOf(create, { code })).toEqual(['RULE_VIOLATED creditCode'])
  })
})

it('seeded rates stand in the currency of the workspace', () => {
  const seeds = {
    base: 'CNY',
    rates: [
      { currency: 'USD', day: { $month: 0 }, rate: '7.2' },
      { currency: 'EUR', day: { $month: 0 }, rate: '7.8' },
    ],
  }
  const moment = { today: '2026-11-22', timeZone: 'UTC' }
  expect(ratesIn('CNY', seeds, moment)).toContainEqual({ currency: 'EUR', day: '2026-11-01', rate: '7.8' })
  expect(ratesIn('USD', seeds, moment)).toEqual([
    { currency: 'CNY', day: '2026-11-01', rate: '0.1388888889' },
    { currency: 'EUR', day: '2026-11-01', rate: '1.0833333333' },
  ])
})
