import { describe, expect, it } from '@jest/globals'
import { readDefinitions } from '../../platform/definitions/check.js'
import { compileModel } from '../../platform/model/compile.js'
import { fileOf, nameFrom, physicalName } from '../../platform/model/naming.js'

const object = (name: string, plural: string, fields: Record<string, unknown> = { name: { type: 'text' } }) => ({
  object: name,
  plural,
  label: name,
  fields,
})

/** Code, path and free proposal of each issue. */
const problems = (...definitions: object[]) => {
  const { elements, issues } = readDefinitions(definitions.map((json, index) => ({ source: `put/${index}`, json })))
  return [...issues, ...compileModel(elements).issues].map(({ code, path, params }) => `${code} ${path} → ${String(params.proposal ?? '')}`)
}

describe('names of objects', () => {
  it.each([
    ['order', 'orders'],
    ['group', 'groups'],
    ['user', 'users'],
    ['report', 'reports'],
    ['select', 'selects'],
    ['table', 'tables'],
  ])('lets words of SQL be objects: %s', (name, plural) => expect(problems(object(name, plural))).toEqual([]))

  it.each([
    ['query', 'queries', ['NAME_TAKEN objects/query → query2']],
    ['mutation', 'mutations', ['NAME_TAKEN objects/mutation → mutation2']],
    ['direction', 'directions', ['NAME_TAKEN objects/direction → direction2']],
    ['groupOptions', 'groupOptionsList', ['NAME_TAKEN objects/groupOptions → groupOptions2']],
    ['textFilter', 'textFilters', ['NAME_TAKEN objects/textFilter → textFilter2']],
    ['sheep', 'sheep', ['NAME_TAKEN objects/sheep/plural → sheep2']],
    ['Order', 'orders', ['NAME_INVALID objects/Order → order']],
    ['客户', 'customers', ['NAME_INVALID objects/客户 → field']],
  ])('refuses %s', (name, plural, expected) => expect(problems(object(name, plural))).toEqual(expected))

  it('reports a double at the later one by name, whichever came first', () => {
    const expected = ['NAME_TAKEN objects/orderLines → orderLines2']
    const [first, second] = [object('order', 'orders', { name: { type: 'text' } }), object('orderLines', 'orderLinesList')]
    expect(problems(first, second)).toEqual(expected)
    expect(problems(second, first)).toEqual(expected)
  })

  it('sees doubles between a plural and another object', () =>
    expect(problems(object('item', 'things'), object('thing', 'things'))).toEqual(['NAME_TAKEN objects/thing/plural → things2']))

  it('sees doubles of made types and root fields', () => {
    expect(problems(object('order', 'orders'), object('orderWhere', 'orderWheres'))).toEqual([
      'NAME_TAKEN objects/orderWhere → orderWhere2',
    ])
    expect(problems(object('box', 'boxes'), object('boxesAggregate', 'boxesAggregates'))).toEqual([
      'NAME_TAKEN objects/boxesAggregate → boxesAggregate2',
    ])
  })
})

describe('names of fields', () => {
  it('refuses those that every record has', () =>
    expect(
      problems(
        object('a', 'as', {
          id: { type: 'text' },
          version: { type: 'integer' },
          owner: { type: 'user' },
          and: { type: 'text' },
          search: { type: 'text' },
        }),
      ),
    ).toEqual([
      'NAME_TAKEN objects/a/fields/id → id2',
      'NAME_TAKEN objects/a/fields/version → version2',
      'NAME_TAKEN objects/a/fields/owner → owner2',
      'NAME_TAKEN objects/a/fields/and → and2',
      'NAME_TAKEN objects/a/fields/search → search2',
    ]))

  it('sees the keys that relations and amounts make', () => {
    expect(problems(object('a', 'as', { parentId: { type: 'text' }, parent: { type: 'hierarchy' } }))).toEqual([
      'NAME_TAKEN objects/a/fields/parent → parent2',
    ])
    expect(problems(object('a', 'as', { price: { type: 'money' }, priceCurrency: { type: 'text' } }))).toEqual([
      'NAME_TAKEN objects/a/fields/priceCurrency → priceCurrency2',
    ])
  })

  it('sees lists of children', () =>
    expect(
      problems(
        object('a', 'as', { lines: { type: 'text' } }),
        object('b', 'bs', { a: { type: 'masterDetail', to: 'a', inverse: 'lines' } }),
      ),
    ).toEqual(['NAME_TAKEN objects/b/fields/a/inverse → lines2']))
})

describe('making names', () => {
  it('cuts names for PostgreSQL by bytes and keeps them apart', () => {
    const long = 'x'.repeat(80)
    expect(physicalName(long)).toHaveLength(63)
    expect(physicalName(`${long}a`)).not.toBe(physicalName(`${long}b`))
    expect(physicalName('short')).toBe('short')
  })

  it('makes names of texts', () => {
    expect(nameFrom('Training class 2')).toBe('trainingClass2')
    expect(nameFrom('2nd floor')).toBe('field2ndFloor')
    expect(nameFrom('培训')).toBe('field')
  })

  it('knows where a definition lies', () => {
    expect(fileOf({ kind: 'object', name: 'orderLine' })).toBe('objects/order-line.json')
    expect(fileOf({ kind: 'navigation', name: 'sales' })).toBe('navigation/sales.json')
    expect(fileOf({ kind: 'app', name: 'crm' })).toBe('app.json')
  })
})
