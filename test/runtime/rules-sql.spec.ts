import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type pg from 'pg'
import type { Place } from '../../platform/rules/operator.js'
import type { RuleType } from '../../platform/rules/types.js'
import { bodyCases, checked, operatorCases } from '../platform/rules-scope.js'
import { askPostgres, compareReadings, openClient, type Row, sayReferred } from './rules-postgres.js'

let client: pg.Client
beforeAll(async () => {
  client = await openClient()
})
afterAll(() => client.end())

const seed = Number(process.env.TESSERA_TEST_SEED ?? 20260301)

describe('rules in PostgreSQL', () => {
  it('answers every example of every operator as JavaScript does, wherever it stands', async () => {
    const types: Record<string, RuleType> = {}
    const record: Record<string, unknown> = {}
    const asked = operatorCases
      .filter(({ operator }) => operator.sql !== null)
      .flatMap((example, index) => {
        const renamed = (rule: unknown): never => JSON.parse(JSON.stringify(rule).replace(/"field(\d)"/g, `"case${index}field$1"`)) as never
        for (const [field, type] of Object.entries(example.types)) {
          types[`case${index}${field}`] = type
          record[`case${index}${field}`] = example.record[field]
        }
        const places: readonly Place[] = example.gives === 'boolean' ? ['value', 'positive', 'negated'] : ['value']
        return places.flatMap(place => [example.read, example.written].map(rule => ({ example, place, rule: renamed(rule) })))
      })
    const questions = asked.map(({ rule, place, example }) => ({ rule: checked(rule, types, example.gives), type: example.gives, place }))
    const [answers = []] = await askPostgres(client, types, [record as Row], questions, 'UTC')
    const wanted = (place: Place, gives: unknown) =>
      place === 'negated' ? gives !== true : place === 'positive' ? gives === true : typeof gives === 'number' ? String(gives) : gives
    expect(asked.map(({ example, place, rule }, index) => ({ title: example.title, rule, place, answer: answers[index] }))).toEqual(
      asked.map(({ example, place, rule }) => ({ title: example.title, rule, place, answer: wanted(place, example.example.gives) })),
    )
  })

  it('answers every example of every operator with a body as JavaScript does', async () => {
    const asked = bodyCases.filter(({ isForSql }) => isForSql)
    const types = Object.fromEntries(asked.map(({ example }, index) => [`list${index}`, example.as]))
    const record = Object.fromEntries(asked.map(({ example }, index) => [`list${index}`, example.list]))
    const questions = asked.map(({ rule, example }, index) => {
      const own = JSON.parse(JSON.stringify(rule).replace('"var":"list"', `"var":"list${index}"`)) as never
      return { rule: checked(own, types, example.type), type: example.type, place: 'value' as const }
    })
    const [answers = []] = await askPostgres(client, types, [record as Row], questions, 'UTC')
    expect(asked.map(({ title }, index) => ({ title, answer: answers[index] }))).toEqual(
      asked.map(({ title, example }) => ({ title, answer: example.gives })),
    )
  })

  it(`agrees with JavaScript, and json-logic-js where it shares the meaning, on 2,000 random pairs of rule and record (seed ${seed})`, async () => {
    const compared = await compareReadings(client, seed, 1)
    expect({ pairs: compared.pairs, differences: compared.differences.slice(0, 3) }).toEqual({ pairs: 2000, differences: [] })
    sayReferred(compared, 'of everything')
  })

  it(`agrees with both on 2,000 random pairs of what json-logic-js shares (seed ${seed})`, async () => {
    const compared = await compareReadings(client, seed, 1, 'shared')
    expect({ pairs: compared.pairs, differences: compared.differences.slice(0, 3) }).toEqual({ pairs: 2000, differences: [] })
    sayReferred(compared, 'of the shared part')
    expect(compared.referred).toBeGreaterThan(1000)
  })
})
