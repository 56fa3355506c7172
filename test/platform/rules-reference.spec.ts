import { describe, expect, it } from '@jest/globals'
import { asJsonLogic, askReference } from '../../platform/rules/reference.js'
import { isSharedOperator } from '../../platform/rules/shared.js'
import { randomRows } from './rules-random.js'
import { bodyCases, checked, contextOf, operatorCases, type Types } from './rules-scope.js'

type Row = Readonly<Record<string, unknown>>
const ask = (rule: unknown, types: Types, record: Row, gives: Parameters<typeof checked>[2] = 'boolean') =>
  askReference(checked(rule as never, types, gives, randomRows), contextOf(record))

describe('json-logic-js as the reference', () => {
  it.each(operatorCases.map(each => [each.title, each] as const))('%s', (_, { operator, read, written, types, record, gives, example }) => {
    const isShared = isSharedOperator(operator.name)
    const isPlain = example.differs === undefined && example.args.every(arg => arg !== null)
    for (const rule of [read, written]) {
      const answer = ask(rule, types, record, gives)
      if (!isShared) expect(answer).toBeNull()
      else if (isPlain) expect(answer).toMatchObject({ isSame: true, here: example.gives })
      else expect(answer === null || answer.isSame).toBe(true)
    }
  })

  it('means the same by bodies, less every of none', () => {
    const answers = bodyCases.flatMap(({ title, rule, example }) => {
      const answer = ask(rule, { list: example.as }, { list: example.list }, example.type)
      return answer ? [{ title, ...answer, expected: example.gives }] : []
    })
    expect(answers.filter(({ isSame }) => !isSame)).toEqual([])
    expect(answers.length).toBeGreaterThan(15)
    expect(ask({ every: [{ var: 'list' }, { '>': [{ var: '' }, 0] }] }, { list: { list: 'decimal' } }, { list: [] })).toBeNull()
  })

  it('is not asked where floats would decide, nor of what it cannot be told', () => {
    const types = { amount: 'decimal', party: 'id', spent: 'duration' } as const
    const record = { amount: '0.3', party: null, spent: 'PT1H' }
    const sum = { '+': [0.1, 0.2] }
    expect(ask({ '==': [{ var: 'amount' }, sum] }, types, record)).toBeNull()
    expect(ask({ '<': [{ var: 'amount' }, { '+': [0.1, 0.3] }] }, types, record)).toMatchObject({ isSame: true })
    expect(ask({ '*': [{ '-': [sum, { var: 'amount' }] }, 1e20] }, types, record, 'decimal')).toMatchObject({ isSame: true, here: '0' })
    expect(ask({ '/': [1, { '-': [sum, { var: 'amount' }] }] }, types, record, 'decimal')).toBeNull()
    expect(ask({ '+': [{ var: 'amount' }, '1e300'.length] }, types, { amount: null }, 'decimal')).toBeNull()
    expect(ask({ '==': [{ var: 'spent' }, 'PT60M'] }, types, record)).toBeNull()
    expect(
      ask({ some: [{ var: 'lines' }, { '>': [{ var: 'price' }, { var: 'parent.amount' }] }] }, types, { ...record, lines: [] }),
    ).toBeNull()
  })

  it('is given the values of related records and rows, and literals in the form of values', () => {
    const rule = checked(
      { and: [{ '===': ['0.10', { var: 'amount' }] }, { all: [{ var: 'lines' }, { '<': [{ var: 'price' }, '9.50'] }] }] },
      { amount: 'decimal' },
      'boolean',
      randomRows,
    )
    expect(asJsonLogic(rule)).toEqual({
      and: [{ '==': [0.1, { var: 'amount' }] }, { all: [{ var: 'lines' }, { '<': [{ var: 'price' }, 9.5] }] }],
    })
    expect(askReference(rule, contextOf({ amount: '0.1', lines: [{ price: '9' }] }))).toMatchObject({ isSame: true, there: true })
  })
})
