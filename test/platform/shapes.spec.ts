import { describe, expect, it } from '@jest/globals'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { Bound, ListPlan, OrderKey, Where } from '@tessera/platform/query/plan.js'
import { shapesOf } from '@tessera/platform/query/shapes.js'

const definitions = [
  { object: 'firm', plural: 'firms', label: 'Firm', title: 'name', fields: { name: { type: 'text', label: 'Name' } } },
  {
    object: 'deal',
    plural: 'deals',
    label: 'Deal',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      tags: { type: 'tags', label: 'Tags' },
      day: { type: 'date', label: 'Day' },
      firm: { type: 'lookup', label: 'Firm', to: 'firm', inverse: 'deals' },
    },
  },
]
const { model, issues } = compileModel(definitions.flatMap(document => elementOf(document) ?? []))

const is = (value: unknown): Bound => ({ value, isNull: value === null })
const by = (path: string, direction: OrderKey['direction'] = 'ASC'): OrderKey => ({ path: path.split('.'), direction })
const list = (where: Where | null, order: readonly OrderKey[] = [], more: Partial<ListPlan> = {}): ListPlan => ({
  object: 'deal',
  where,
  search: null,
  deleted: 'NO',
  order,
  limit: 50,
  backward: false,
  cursor: null,
  offset: null,
  outputs: [],
  ...more,
})
const shapes = (...lists: readonly ListPlan[]) => {
  expect(issues).toEqual([])
  const roots = lists.map((one, at) => ({ key: `k${at}`, kind: 'list', list: one }) as const)
  return shapesOf({ roots }, model).map(({ object, filters, order }) => [
    object,
    filters.map(one => one.join(' ')),
    order.map(one => one.join(' ')),
  ])
}

describe('what a read asks of indexes', () => {
  it('is what holds in every record, in order of name, and the first keys of the order, each shape once', () => {
    const both = list({ name: { eq: is('x') }, and: [{ day: { gte: is('2026-01-01') } }] }, [by('day', 'DESC'), by('name'), by('firm')])
    const otherwise = list({ day: { gte: is('2025-05-05') }, name: { eq: is('y') } }, [by('day', 'DESC'), by('name')])
    expect(shapes(both, otherwise)).toEqual([['deal', ['day gte', 'name eq'], ['day desc', 'name asc']]])
  })

  it('tells the empty from values, a lookup by its id, a member by theirs, and what a rule holds to one value', () => {
    const rule = { and: [{ '==': [{ var: 'record.name' }, 'x'] }, { '>': [{ var: 'day' }, '2026-01-01'] }] }
    expect(
      shapes(
        list({ day: { eq: is(null) } }),
        list({ firmId: { in: is(['a']) } }),
        list({ owner: { id: { eq: is('m') } } }),
        list({ rule: { rule } }),
      ),
    ).toEqual([
      ['deal', ['day eq null'], []],
      ['deal', ['firm in'], []],
      ['deal', ['owner eq'], []],
      ['deal', ['name eq'], []],
    ])
  })

  it('leaves out what is not sure, stands elsewhere or has no order of values', () => {
    const either = list({ or: [{ name: { eq: is('x') } }, { day: { eq: is('2026-01-01') } }], not: { name: { eq: is('z') } } })
    const beyond = list({ firm: { name: { eq: is('x') } }, tags: { hasAny: is(['x']) } }, [by('firm.name'), by('day')])
    expect(shapes(either, beyond, list(null), list({ name: { eq: is('x') } }, [], { deleted: 'ONLY' }))).toEqual([])
    expect(shapes(list({ name: { eq: is('x') } }, [by('day', 'ASC_NULLS_FIRST'), by('name')]))).toEqual([['deal', ['name eq'], []]])
  })

  it('has the lists within records, held to the record that they hang on', () => {
    const deals = { key: 'deals', kind: 'many', child: 'deals', list: list(null, [by('day')]) } as const
    const node = { object: 'firm', outputs: [deals] }
    const firms = list(null, [by('name')], { object: 'firm', outputs: [{ key: 'nodes', show: 'nodes', record: node }] })
    const told = [
      ['firm', [], ['name asc']],
      ['deal', ['firm eq'], ['day asc']],
    ]
    expect(shapes(firms)).toEqual(told)
    const edges = [{ key: 'edges', show: 'edges', outputs: [{ key: 'node', show: 'node', record: node }] }] as const
    expect(shapes({ ...firms, outputs: edges })).toEqual(told)
  })
})
