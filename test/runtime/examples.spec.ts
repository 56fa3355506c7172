import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { dataOf, post } from '../support/app.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

const thing = (expected: string) => ({
  object: 'thing',
  plural: 'things',
  label: { en: 'Thing', 'zh-CN': '东西' },
  fields: {
    name: { type: 'text', label: 'Name' },
    price: { type: 'decimal', label: { en: 'Price', 'zh-CN': '单价' } },
    twice: {
      type: 'formula',
      label: 'Twice',
      returns: 'decimal',
      rule: { '*': [{ var: 'price' }, 2] },
      examples: [{ given: { price: '4' }, expect: expected }],
    },
  },
})

let world: RecordsWorld
beforeAll(async () => {
  world = await recordsWorld('examples', [thing('8')])
})
afterAll(async () => world?.app.close())

const path = 'objects/thing/fields/twice/examples/0'

describe('examples at publish', () => {
  it('keep a publish back while one is red, and say what came out', async () => {
    const document = 'mutation($put: [JSON!]) { publish(put: $put) { version } }'
    const answer = await post(
      `${world.app.url}/platform`,
      document,
      { put: [thing('9')] },
      { ...world.headers, 'accept-language': 'zh-CN' },
    )
    expect(answer.body.errors?.[0]?.extensions).toMatchObject({
      code: 'VALIDATION_FAILED',
      issues: [{ code: 'EXAMPLE_FAILED', path, message: '示例不通过。给定单价 4：期望9，实际为8。' }],
    })
  })

  it('are run by a check, which changes nothing', async () => {
    const document = 'query($put: [JSON!]) { check(put: $put) { issues } }'
    const check = async (expected: string) =>
      dataOf<{ issues: unknown[] }>(await post(`${world.app.url}/platform`, document, { put: [thing(expected)] }, world.headers), 'check')
        .issues
    expect(await check('7')).toMatchObject([
      { code: 'EXAMPLE_FAILED', path, message: 'The example fails. Given Price 4: expected 7, but is 8.' },
    ])
    expect(await check('8.00')).toEqual([])
  })
})
