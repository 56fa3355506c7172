import { describe, expect, it } from '@jest/globals'
import type { FieldModel } from '@tessera/platform/model/model.js'
import { literalOf, operatorsFor, readRows, ruleOfRows, typedOf } from '../../studio/builder/condition-rows.js'
import { deal } from '../support/deal-model.js'

const field = (name: string): FieldModel => {
  const found = deal.fields[name]
  if (!found) throw new Error(`no field ${name}`)
  return found
}
const amount = { var: 'amount' }
const row = (operator: string, value: unknown = null, name = 'amount') => ({ field: name, operator, value })

describe('a condition as rows', () => {
  it.each([
    [{ '>': [amount, 100000] }, row('gt', 100000)],
    [{ '==': [{ var: 'party.name' }, 'x'] }, row('eq', 'x', 'party.name')],
    [{ in: [{ var: 'stage' }, ['won', 'lost']] }, row('in', ['won', 'lost'], 'stage')],
    [{ '!': [{ in: [{ var: 'stage' }, ['won']] }] }, row('notIn', ['won'], 'stage')],
    [{ isEmpty: [amount] }, row('isEmpty')],
    [{ '!': [{ isEmpty: [amount] }] }, row('isFilled')],
    [{ '==': [{ var: 'record.isNew' }, true] }, row('isTrue', null, 'record.isNew')],
    [{ '<': [{ var: 'day' }, { var: 'today' }] }, row('beforeToday', null, 'day')],
    [{ changed: ['amount'] }, row('changed')],
    [{ '==': [{ var: 'party' }, { var: 'parent.party' }] }, { ...row('eq', null, 'party'), other: 'parent.party' }],
    [{ '!=': [{ var: 'owner' }, { var: 'user.id' }] }, { ...row('ne', null, 'owner'), other: 'user.id' }],
  ])('reads %j and writes it again', (rule, expected) => {
    const read = readRows(rule)
    expect(read).toEqual({ join: 'all', rows: [expected] })
    expect(read && ruleOfRows(read)).toEqual(rule)
  })

  it('reads other ways of saying the same', () => {
    const rows = (rule: unknown) => readRows(rule)?.rows
    expect(rows({ '==': [amount, null] })).toEqual([row('isEmpty')])
    expect(rows({ '!=': [amount, null] })).toEqual([row('isFilled')])
    expect(rows({ var: 'done' })).toEqual([row('isTrue', null, 'done')])
    expect(rows({ '!': { var: 'done' } })).toEqual([row('isFalse', null, 'done')])
    expect(rows({ changed: 'amount' })).toEqual([row('changed')])
  })

  it('joins several by all or any', () => {
    const rules = [{ '>': [amount, 1] }, { '<': [amount, 9] }]
    expect(readRows({ or: rules })).toMatchObject({ join: 'any', rows: [{ operator: 'gt' }, { operator: 'lt' }] })
    for (const rule of [{ or: rules }, { and: rules }]) expect(ruleOfRows(readRows(rule) ?? { join: 'all', rows: [] })).toEqual(rule)
    expect(readRows(undefined)).toEqual({ join: 'all', rows: [] })
  })

  it('reads groups of rows, and writes them again', () => {
    const more = { '>': [amount, 1] }
    const rule = { and: [more, { or: [{ isEmpty: [amount] }, { and: [more, { changed: ['amount'] }] }] }] }
    const read = readRows(rule)
    expect(read).toMatchObject({ join: 'all', rows: [{ operator: 'gt' }, { join: 'any', rows: [{}, { join: 'all', rows: [{}, {}] }] }] })
    expect(read && ruleOfRows(read)).toEqual(rule)
    expect(readRows({ and: [more, { or: [more, { and: [more, { or: [more, more] }] }] }] })).toBeNull()
    expect(ruleOfRows({ join: 'all', rows: [{ join: 'any', rows: [] }, row('isEmpty') as never] })).toEqual({ isEmpty: [amount] })
  })

  it('offers what was changed only where records are written', () => {
    expect(operatorsFor(field('amount'), 'amount')).toContain('changed')
    expect(operatorsFor(field('amount'), 'amount', false)).not.toContain('changed')
  })

  it('leaves out what says too little', () => {
    expect(ruleOfRows({ join: 'all', rows: [row('gt') as never, row('isEmpty') as never] })).toEqual({ isEmpty: [amount] })
    expect(ruleOfRows({ join: 'any', rows: [row('in', []) as never] })).toBeUndefined()
  })

  it.each([
    [{ '>': [{ '*': [amount, 2] }, 1] }],
    [{ and: [{ '>': [amount, 1] }, { or: [true, false] }] }],
    [{ some: [{ var: 'lines' }, true] }],
    [{ '<': [1, amount] }],
    [{ '!': { '>': [amount, 1] } }],
    [true],
  ])('cannot say %j, which is edited as JSON', rule => expect(readRows(rule)).toBeNull())

  it('offers what fits the field, and writes exact numbers as numbers', () => {
    expect(operatorsFor(field('stage'), 'stage')).toEqual(['eq', 'ne', 'in', 'notIn', 'isEmpty', 'isFilled', 'changed'])
    expect(operatorsFor(field('amount'), 'deal.amount').slice(0, 2)).toEqual(['gt', 'gte'])
    expect(operatorsFor(field('amount'), 'deal.amount')).not.toContain('changed')
    expect([literalOf('100000', field('amount')), literalOf('0.10', field('amount')), literalOf('x', field('name'))]).toEqual([
      100000,
      '0.10',
      'x',
    ])
    expect(typedOf(100000, field('amount'))).toBe('100000')
  })
})
