import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { FieldDefinition } from '../../platform/fields/definition.js'
import type { FieldType } from '../../platform/fields/field.js'
import { fieldTypes } from '../../platform/fields/index.js'
import { dataOf, post, signInHeaders, startTestApp, type TestApp } from '../support/app.js'
import { publish } from '../support/publish.js'

const context = { locale: 'en', timeZone: 'Asia/Shanghai' } as const
const stored = Object.values(fieldTypes).filter(type => type.writable && !type.relation && type.group !== 'relation')
const definitionOf = (type: FieldType): FieldDefinition => ({ type: type.name, ...type.examples.field }) as FieldDefinition

/** The text that conditions on texts look into. */
const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? Object.values(value).filter(Boolean).join(' ') : String(value)

let app: TestApp
let headers: Record<string, string>

const ask = (query: string, variables: Record<string, unknown> = {}) => post(`${app.url}/graphql`, query, variables, headers)

beforeAll(async () => {
  app = await startTestApp('fields', [{}], undefined, {}, 'bare')
  headers = await signInHeaders(app, 'admin@fields.test')
  const fields = Object.fromEntries(stored.map(type => [`f${type.name}`, { ...definitionOf(type), label: type.label }]))
  await publish(app, headers, [
    {
      role: 'admin',
      label: 'Admin',
      admin: true,
      grants: { '*': { actions: ['read', 'create', 'update', 'delete', 'restore', 'import'] } },
    },
    { object: 'sample', plural: 'samples', label: 'Sample', title: 'name', fields: { name: { type: 'text', label: 'Name' }, ...fields } },
  ])
})

afterAll(async () => app?.close())

describe.each(stored.map(type => [type.name, type] as const))('a field of type %s', (name, type) => {
  const field = `f${name}`
  const definition = definitionOf(type)
  const valueClass = type.class(definition)
  const ids: string[] = []
  const selected = valueClass.parts ? `${field} { ${Object.keys(valueClass.parts).join(' ')} }` : field

  const namesWhere = async (where: Record<string, unknown>) => {
    const answer = await ask(
      `query($where: SampleWhere) { samples(where: $where, orderBy: [{ name: ASC }], first: 100) { nodes { name } } }`,
      { where: { and: [{ name: { startsWith: `${name}:` } }, where] } },
    )
    return dataOf<{ nodes: { name: string }[] }>(answer, 'samples').nodes.map(node => node.name.split(':')[1])
  }

  it('takes each of its values and gives them back as they were', async () => {
    const data = [...type.examples.valid, null].map((value, index) => ({ name: `${name}:${index}`, [field]: value }))
    const answer = await ask(`mutation($data: [SampleCreate!]!) { createSamples(data: $data) { nodes { id ${selected} } } }`, { data })
    const { nodes } = dataOf<{ nodes: Record<string, unknown>[] }>(answer, 'createSamples')
    ids.push(...nodes.map(node => String(node.id)))
    expect(nodes.map(node => node[field])).toEqual([...type.examples.valid, null])
  })

  it.each(type.examples.invalid.map(value => [JSON.stringify(value).slice(0, 60), value] as const))(
    'refuses %s and names the field',
    async (_, value) => {
      const answer = await ask(`mutation($data: SampleCreate!) { createSample(data: $data) { id } }`, {
        data: { name: `${name}:bad`, [field]: value },
      })
      expect(['VALIDATION_FAILED', 'BAD_REQUEST']).toContain(answer.body.errors?.[0]?.extensions.code)
      expect(answer.body.errors?.[0]?.extensions.issues[0]?.path).toContain(field)
      expect(answer.status).toBeLessThan(500)
      expect(await namesWhere({ name: { eq: `${name}:bad` } })).toEqual([])
    },
  )

  it.each(type.examples.texts.map(([text, value]) => [text, value] as const))('reads the text %j', (text, value) => {
    expect(type.fromText(text, definition, context)).toEqual({ value })
  })

  it('is written as people read it', () => {
    for (const value of type.examples.valid) expect(type.format(value, definition, { ...context, currency: 'CNY' })).not.toBe('')
    expect(type.format(null, definition, context)).toBe('')
  })

  it('has a form input of its own', () => expect(type.schema(definition)).toHaveProperty('type'))

  it('filters by each operator of its class', async () => {
    const { valid } = type.examples
    const [first, last] = [valid[0], valid.at(-1)]
    const all = valid.map((_, index) => String(index))
    const expectations: Record<string, [unknown, string[]]> = {
      eq: [first, ['0']],
      ne: [first, [...all.slice(1), String(valid.length)]],
      in: [[first, last], [...new Set(['0', String(valid.length - 1)])]],
      notIn: [[first], [...all.slice(1), String(valid.length)]],
      isNull: [true, [String(valid.length)]],
      gt: [first, all.slice(1)],
      gte: [first, all],
      lt: [last, all.slice(0, -1)],
      lte: [last, all],
      between: [[first, last], all],
      contains: [textOf(first).slice(0, 2), all.filter(index => textOf(valid[Number(index)]).includes(textOf(first).slice(0, 2)))],
      iContains: [
        textOf(first).slice(0, 2).toUpperCase(),
        all.filter(index => textOf(valid[Number(index)]).toUpperCase().includes(textOf(first).slice(0, 2).toUpperCase())),
      ],
      startsWith: [textOf(first).slice(0, 2), all.filter(index => textOf(valid[Number(index)]).startsWith(textOf(first).slice(0, 2)))],
      endsWith: [textOf(first).slice(-2), all.filter(index => textOf(valid[Number(index)]).endsWith(textOf(first).slice(-2)))],
      hasAny: [last, all],
      hasAll: [last, [String(valid.length - 1)]],
      hasNone: [['blue'], ['0', String(valid.length)]],
      near: [{ latitude: '39.9', longitude: '116.4', meters: 5_000 }, ['1']],
      within: [{ last: { count: 10, unit: 'DAY' } }, []],
    }
    for (const operator of valueClass.operators) {
      const [operand, expected] = expectations[operator] ?? [null, []]
      if (operator === 'within') await namesWhere({ [field]: { within: operand } })
      else expect([operator, await namesWhere({ [field]: { [operator]: operand } })]).toEqual([operator, expected])
    }
  })

  it('is found by a rule as by a filter', async () => {
    if (valueClass.rule === null || typeof valueClass.rule === 'object' || valueClass.rule === 'id') return
    const [first] = type.examples.valid
    expect(await namesWhere({ rule: { '==': [{ var: field }, first] } })).toEqual(['0'])
    expect(await namesWhere({ rule: { '!=': [{ var: field }, first] } })).toHaveLength(type.examples.valid.length)
  })

  it('sorts both ways, empty values last unless first is asked for', async () => {
    if (!valueClass.sortable)
      return expect(await ask(`{ samples(orderBy: [{ ${field}: ASC }]) { nodes { id } } }`)).toMatchObject({ body: { errors: [{}] } })
    const sorted = async (direction: string) => {
      const answer = await ask(
        `{ samples(where: { name: { startsWith: "${name}:" } }, orderBy: [{ ${field}: ${direction} }]) { nodes { ${selected} } } }`,
      )
      return dataOf<{ nodes: Record<string, unknown>[] }>(answer, 'samples').nodes.map(node => node[field])
    }
    const values = type.examples.valid
    const ascending =
      valueClass.name === 'text' || valueClass.name === 'choice'
        ? [...values].sort((left, right) => new Intl.Collator('zh-u-co-pinyin').compare(String(left), String(right)))
        : [...values]
    expect(await sorted('ASC')).toEqual([...ascending, null])
    expect(await sorted('DESC')).toEqual([...ascending.reverse(), null])
    expect((await sorted('ASC_NULLS_FIRST'))[0]).toBeNull()
  })

  it('is emptied by null', async () => {
    const answer = await ask(`mutation($id: ID!) { updateSample(id: $id, data: { ${field}: null }) { ${selected} version } }`, {
      id: ids[0],
    })
    expect(dataOf(answer, 'updateSample')).toEqual({ [field]: null, version: type.examples.valid.length > 0 ? 2 : 1 })
  })
})
