import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { readDefinitions } from '../../platform/definitions/check.js'
import { compileModel } from '../../platform/model/compile.js'
import { brokenAnswers, comparedAnswers, questionsOf } from '../../platform/records/examples-in-sql.js'
import { readAppFolder } from '../../runtime/publishing/app-folder.js'
import { askPostgres, type Readings } from '../../runtime/publishing/example-readings.js'
import { dataOf, post } from '../support/app.js'
import { workerDatabaseUrl } from '../support/database.js'
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
    // those of the app stand beside it
    const readings = 'query($put: [JSON!]) { check(put: $put) { readings } }'
    const read = await post(`${world.app.url}/platform`, readings, { put: [thing('8')] }, world.headers)
    const { examples, postgres, reference, uncovered } = dataOf<{ readings: Readings }>(read, 'check').readings
    expect({ asked: postgres, isReferred: reference > 0, uncovered }).toEqual({ asked: examples, isReferred: true, uncovered: [] })
    expect(await check('7')).toMatchObject([
      { code: 'EXAMPLE_FAILED', path, message: 'The example fails. Given Price 4: expected 7, but is 8.' },
    ])
    expect(await check('8.00')).toEqual([])
  })
})

describe('examples in PostgreSQL', () => {
  let pool: pg.Pool
  beforeAll(async () => {
    pool = new pg.Pool({ connectionString: await workerDatabaseUrl(), max: 2 })
  })
  afterAll(() => pool?.end())
  const modelOf = (json: readonly unknown[]) => {
    const { elements, issues } = readDefinitions(json.map(each => ({ source: '', json: each })))
    const compiled = compileModel(elements)
    expect([...issues, ...compiled.issues].map(({ path, message }) => `${path}: ${message}`)).toEqual([])
    return compiled.model
  }
  const line = {
    object: 'line',
    plural: 'dealLines',
    label: 'Line',
    fields: { deal: { type: 'masterDetail', to: 'deal', inverse: 'lines' }, price: { type: 'decimal', label: 'Price' } },
  }
  const rule = (name: string, must: unknown, ...given: readonly unknown[]) => ({
    rule: name,
    message: 'No.',
    must,
    examples: given.map(each => ({ given: each, expect: true })),
  })
  const deal = (...rules: readonly unknown[]) => ({
    object: 'deal',
    plural: 'deals',
    label: 'Deal',
    fields: {
      name: { type: 'text', label: 'Name' },
      amount: { type: 'money', label: 'Amount' },
      done: { type: 'boolean', label: 'Done' },
      due: { type: 'date', label: 'Due' },
      at: { type: 'dateTime', label: 'At' },
      opens: { type: 'time', label: 'Opens' },
      spent: { type: 'duration', label: 'Spent' },
      tags: { type: 'tags', label: 'Tags' },
      next: { type: 'lookup', label: 'Next', to: 'deal', inverse: 'earlier' },
      words: {
        type: 'formula',
        label: 'Words',
        returns: 'text',
        rule: { join: [{ var: 'tags' }, '/'] },
        examples: [
          { given: { tags: ['商', "it's", '"'] }, expect: '商/it\'s/"' },
          { given: {}, expect: null },
        ],
      },
    },
    rules,
  })

  it('are asked in one statement: every type, related records, rows, who asks and when', async () => {
    const all = deal(
      rule('numbers', { '==': [{ '/': [{ var: 'amount' }, 3] }, '0.3333333333333333'] }, { amount: '1' }),
      rule('empty', { '!': [{ var: 'done' }] }, { done: false }, {}),
      rule(
        'time',
        {
          and: [
            { '<': [{ var: 'due' }, { var: 'today' }] },
            { '>': [{ var: 'at' }, { var: 'now' }] },
            { '<': [{ var: 'opens' }, '09:30'] },
          ],
        },
        { due: '2025-12-31', at: '2026-01-01T00:00:00.001Z', opens: '09:00:00' },
      ),
      rule('spent', { '>=': [{ var: 'spent' }, 'PT90M'] }, { spent: 'PT1H30M' }),
      rule('related', { '>': [{ var: 'next.amount' }, { var: 'amount' }] }, { amount: '9', next: { amount: '10' } }),
      rule('mine', { '==': [{ var: 'owner' }, { var: 'user.id' }] }, { owner: 'u1', user: { id: 'u1' } }),
      rule('rows', { '==': [{ sum: [{ var: 'lines' }, { var: 'price' }] }, '0.3'] }, { lines: [{ price: '0.1' }, {}, { price: '0.2' }] }),
      rule('before', { '<': [{ var: 'before.amount' }, { var: 'amount' }] }, { before: { amount: '1' }, amount: '2' }),
    )
    const model = modelOf([all, line])
    expect(questionsOf(model).uncovered).toEqual([])
    expect(await askPostgres(pool, model)).toEqual({ issues: [], readings: { postgres: 11, uncovered: [] } })
  })

  it('say what PostgreSQL cannot be asked', async () => {
    const model = modelOf([
      deal(
        rule('folded', { '==': [{ reduce: [{ var: 'lines' }, { '+': [{ var: 'accumulator' }, 1] }, 0] }, 1] }, { lines: [{}] }),
        rule('nobody', { '!=': [{ var: 'user.id' }, { var: 'owner' }] }, { owner: 'u1' }),
      ),
      line,
    ])
    const { issues, readings } = await askPostgres(pool, model)
    expect(issues).toEqual([])
    expect(readings.uncovered.map(({ path, why }) => `${path.split('/').slice(2, 4).join('/')} ${why}`)).toEqual([
      'rules/0 notSql',
      'rules/1 value',
    ])
  })

  it('block where it answers otherwise or breaks off', () => {
    const { questions } = questionsOf(modelOf([deal(rule('positive', { '>': [{ var: 'amount' }, 0] }, { amount: '1' })), line]))
    const [first] = questions
    if (!first) throw new Error('Nothing is asked')
    expect(comparedAnswers([first], [[0, 1, 'true']])).toEqual([])
    expect(comparedAnswers([first], [[0, 1, 'false']])).toMatchObject([
      {
        code: 'EXAMPLE_READING',
        path: 'objects/deal/rules/0/examples/0',
        message: 'The readings of the rule differ on this example. Given Amount 1: PostgreSQL comes to no, JavaScript to yes.',
      },
    ])
    expect(brokenAnswers(first)).toMatchObject([{ message: expect.stringContaining('PostgreSQL comes to an error, JavaScript to yes.') }])
  })

  it('agree for everything that the app brings', async () => {
    const { issues, readings } = await askPostgres(
      pool,
      modelOf(readAppFolder('metadata/crm').map(({ text }) => JSON.parse(text) as unknown)),
    )
    expect(issues).toEqual([])
    expect(readings.postgres).toBeGreaterThan(5)
  })
})
