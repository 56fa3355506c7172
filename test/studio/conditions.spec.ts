import { describe, expect, it } from '@jest/globals'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { isComplete, readConditions, whereOf, writeConditions } from '../../studio/fields/conditions.js'

const definition = {
  object: 'visit',
  plural: 'visits',
  label: 'Visit',
  title: 'name',
  fields: {
    name: { type: 'text' },
    places: { type: 'integer' },
    fee: { type: 'money' },
    day: { type: 'date' },
    state: { type: 'select', options: [{ value: 'open' }, { value: 'done' }] },
    host: { type: 'lookup', to: 'visit' },
  },
}
const element = elementOf(definition)
const visit = compileModel(element ? [element] : []).model.objects.visit as ObjectModel

describe('conditions in an address', () => {
  it('come back as they were written', () => {
    const conditions = [
      { field: 'state', operator: 'in', value: ['open', 'done'] },
      { field: 'fee', operator: 'between', value: ['10', '20.5'] },
      { field: 'name', operator: 'iContains', value: 'a.b;c,d %' },
      { field: 'day', operator: 'within', value: 'this:month' },
      { field: 'host', operator: 'isNull', value: true },
    ] as const
    expect(readConditions(writeConditions(conditions), visit)).toEqual(conditions)
  })

  it('leave out what names no field and no comparison', () => {
    expect(readConditions('ghost.eq.1;name.resembles.x;__proto__.eq.1;state.in.open', visit)).toEqual([
      { field: 'state', operator: 'in', value: ['open'] },
    ])
    expect(readConditions('name.eq.%E0%A4%A', visit)).toEqual([])
  })
})

describe('conditions as a question to the API', () => {
  it('are none without conditions, one alone, and several joined', () => {
    expect(whereOf(visit, [])).toBeUndefined()
    expect(whereOf(visit, [{ field: 'state', operator: 'in', value: ['open'] }])).toEqual({ state: { in: ['open'] } })
    expect(whereOf(visit, [{ field: 'places', operator: 'gte', value: '3' }], [{ '==': [1, 1] }])).toEqual({
      and: [{ rule: { '==': [1, 1] } }, { places: { gte: 3 } }],
    })
  })

  it('name a relation by its key and a span of days by its parts', () => {
    expect(whereOf(visit, [{ field: 'host', operator: 'in', value: ['x'] }])).toEqual({ hostId: { in: ['x'] } })
    expect(whereOf(visit, [{ field: 'day', operator: 'within', value: 'last:7' }])).toEqual({
      day: { within: { last: { count: 7, unit: 'DAY' } } },
    })
  })

  it('leave out what is not finished', () => {
    expect(isComplete({ field: 'fee', operator: 'between', value: ['1', null] })).toBe(false)
    expect(whereOf(visit, [{ field: 'name', operator: 'eq', value: '' }])).toBeUndefined()
  })
})
