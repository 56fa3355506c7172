import { describe, expect, it } from '@jest/globals'
import { checkRule } from '../../platform/rules/check.js'
import { compileRule } from '../../platform/rules/javascript.js'
import { binders, operators } from '../../platform/rules/operators/index.js'
import { pathsOf, type Rule } from '../../platform/rules/rule.js'
import { toSql } from '../../platform/rules/sql-reading.js'
import { traceRule } from '../../platform/rules/trace.js'
import { name } from '../../platform/sql/sql.js'
import { bodyCases, checked, contextOf, operatorCases } from './rules-scope.js'

const order = {
  stage: 'text',
  amount: 'decimal',
  count: 'integer',
  done: 'boolean',
  closeDate: 'date',
  madeAt: 'dateTime',
  owner: 'id',
  tags: { list: 'text' },
} as const
const evaluate = (
  rule: Rule,
  record: Record<string, unknown>,
  type: 'boolean' | 'decimal' | 'text' | 'date' = 'boolean',
  timeZone?: string,
) => compileRule(checked(rule, order, type))(contextOf(record, timeZone))

describe('the examples of the operators in JavaScript', () => {
  it.each(operatorCases.map(example => [example.title, example] as const))('%s', (_, { read, written, types, record, gives, example }) => {
    expect(compileRule(checked(read, types, gives))(contextOf(record))).toEqual(example.gives)
    expect(compileRule(checked(written, types, gives))(contextOf(record))).toEqual(example.gives)
  })

  it.each(bodyCases.map(({ title, ...example }) => [title, example] as const))('%s', (_, { rule, example }) => {
    const node = checked(rule, { list: example.as }, example.type)
    expect(compileRule(node)(contextOf({ list: example.list }))).toEqual(example.gives)
    expect(traceRule(node, contextOf({ list: example.list })).value).toEqual(example.gives)
  })

  it('every operator has examples', () => {
    expect(Object.values(binders).filter(binder => binder.cases.length === 0)).toEqual([])
    expect(Object.values(operators).filter(operator => operator.cases.length === 0)).toEqual([])
  })
})

describe('a rule in JavaScript', () => {
  it('keeps decimals exact and gives them in the contract form', () => {
    expect(evaluate({ '+': [{ var: 'amount' }, 0.1, 0.2] }, { amount: '1.70' }, 'decimal')).toBe('2')
    expect(evaluate({ '*': [{ var: 'amount' }, '0.15'] }, { amount: '99999999999999.9999' }, 'decimal')).toBe('14999999999999.999985')
  })

  it('takes a default for what is empty', () => {
    expect(evaluate({ '+': [{ var: ['amount', 10] }, 1] }, {}, 'decimal')).toBe('11')
  })

  it('tells whether a field was changed; a new record changes what it fills', () => {
    const rule = { changed: ['stage', 'record.amount'] }
    const types = { stage: 'text', amount: 'decimal' } as const
    const isChanged = compileRule(checked(rule, types, 'boolean'))
    expect(isChanged(contextOf({ stage: 'won', amount: '1.0', before: { stage: 'won', amount: '1' } }))).toBe(false)
    expect(isChanged(contextOf({ stage: 'won', before: { stage: 'open' } }))).toBe(true)
    expect(isChanged(contextOf({ amount: null }))).toBe(false)
    expect(isChanged(contextOf({ amount: '0' }))).toBe(true)
  })

  it('takes the day of an instant in the zone of whoever asks', () => {
    const rule = { '==': [{ startOf: [{ var: 'madeAt' }, 'day'] }, '2026-01-02'] }
    const record = { madeAt: '2026-01-01T16:00:00.000Z' }
    expect(evaluate(rule, record)).toBe(false)
    expect(evaluate(rule, record, 'boolean', 'Asia/Shanghai')).toBe(true)
  })

  it('counts what is half typed as empty', () => {
    expect(evaluate({ '>': [{ var: 'amount' }, 0] }, { amount: '12.' })).toBe(false)
    expect(evaluate({ '==': [{ var: 'closeDate' }, null] }, { closeDate: '2026-02-30' })).toBe(true)
  })

  it('names what it reads, each path once', () => {
    expect(pathsOf(checked({ and: [{ '>': [{ var: 'amount' }, 0] }, { changed: ['amount'] }] }, order, 'boolean'))).toEqual([
      ['amount'],
      ['before', 'amount'],
    ])
  })
})

describe('a rule as SQL', () => {
  const text = (rule: Rule, place: 'positive' | 'negated' | 'value' = 'positive', neverNull: readonly string[] = []) => {
    const scope = {
      typeOf: (path: readonly string[]) => order[path[0] as keyof typeof order] ?? null,
      names: () => [],
      isNeverNull: (path: readonly string[]) => neverNull.includes(path[0] ?? ''),
    }
    const found = checkRule(rule, scope, 'boolean', '').checked
    return found && toSql(found, { read: path => name(...path) }, place).toString()
  }

  it('leaves comparisons bare in a positive place, so that indexes serve', () => {
    expect(text({ and: [{ '==': [{ var: 'stage' }, 'won'] }, { '>': [{ var: 'count' }, 3] }] })).toBe(
      '(("stage" = $1::text) and ("count" > $2::bigint))',
    )
    expect(text({ '==': [{ var: 'owner' }, { var: 'owner' }] }, 'positive', ['owner'])).toBe('("owner" = "owner")')
    expect(text({ in: [{ var: 'stage' }, ['won', 'lost']] })).toBe('("stage" = any($1::text[]))')
    expect(text({ in: ['vip', { var: 'tags' }] })).toBe('("tags" @> array[$1::text])')
    expect(text({ startsWith: [{ var: 'stage' }, '50%'] })).toBe('("stage" like $1::text)')
  })

  it('makes them two-valued under a negation and as values', () => {
    expect(text({ '!': { '>': [{ var: 'amount' }, 3] } })).toBe('(not coalesce(("amount" > $1::numeric), false))')
    expect(text({ '!': { '==': [{ var: 'stage' }, 'won'] } })).toBe('(not ("stage" is not distinct from $1::text))')
    expect(text({ '!=': [{ var: 'stage' }, 'won'] })).toBe('("stage" is distinct from $1::text)')
    expect(text({ '!': { var: 'done' } })).toBe('(not coalesce("done", false))')
    expect(text({ '==': [{ '<': [{ var: 'amount' }, 1] }, { var: 'done' }] })).toBe('(coalesce(("amount" < $1::numeric), false) = "done")')
    expect(text({ var: 'done' }, 'value')).toBe('"done"')
  })

  it('compares texts by code point and whole numbers with decimals exactly', () => {
    expect(text({ '<': [{ var: 'stage' }, 'x'] })).toBe('("stage" collate "C" < $1::text)')
    expect(text({ '==': [{ var: 'count' }, 2.5] })).toBe('(("count")::numeric = $1::numeric)')
  })

  it('writes nothing twice, so that a deep rule stays small', () => {
    const deep = (level: number): Rule => (level === 0 ? { var: 'amount' } : { '/': [{ min: [deep(level - 1), { var: 'amount' }] }, 3] })
    expect(text({ '>': [deep(14), 0] })?.length).toBeLessThan(4000)
  })
})

describe('a trace', () => {
  it('tells the inputs in order, leaves out what was not needed, and remarks on a division by zero', () => {
    const rule: Rule = {
      if: [{ '>': [{ var: 'amount' }, 5] }, { '/': [{ var: 'amount' }, { var: 'count' }] }, { '+': [{ var: 'amount' }, 1] }],
    }
    expect(traceRule(checked(rule, order, 'decimal'), contextOf({ amount: '6', count: 0 }))).toEqual({
      rule,
      value: null,
      inputs: [
        {
          rule: { '>': [{ var: 'amount' }, 5] },
          value: true,
          inputs: [
            { rule: { var: 'amount' }, value: '6', inputs: [] },
            { rule: 5, value: '5', inputs: [] },
          ],
        },
        {
          rule: { '/': [{ var: 'amount' }, { var: 'count' }] },
          value: null,
          remark: 'divisionByZero',
          inputs: [
            { rule: { var: 'amount' }, value: '6', inputs: [] },
            { rule: { var: 'count' }, value: 0, inputs: [] },
          ],
        },
      ],
    })
  })

  it('comes to the value of the rule, for every example', () => {
    for (const { read, types, record, gives, example } of operatorCases)
      expect(traceRule(checked(read, types, gives), contextOf(record)).value).toEqual(example.gives)
  })
})
