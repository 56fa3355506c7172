import { describe, expect, it } from '@jest/globals'
import { DefinitionError } from '../../platform/errors.js'
import { checkRule, type TypeScope } from '../../platform/rules/check.js'
import { compileRule } from '../../platform/rules/javascript.js'
import type { RuleContext, WorkCalendar } from '../../platform/rules/operator.js'
import { type Rule, readsIn } from '../../platform/rules/rule.js'
import { traceRule } from '../../platform/rules/trace.js'
import type { RuleType } from '../../platform/rules/types.js'
import { evaluateUntyped } from '../../platform/rules/untyped.js'
import { contextOf, scopeOf } from './rules-scope.js'

type Row = Readonly<Record<string, unknown>>
const lineScope: TypeScope = {
  ...scopeOf({ price: 'decimal', name: 'text', limit: 'decimal' }),
  rowsAt: ([first]) => (first === 'parts' ? partScope : null),
}
const partScope: TypeScope = scopeOf({ weight: 'decimal' })
const orderScope: TypeScope = {
  ...scopeOf({ limit: 'decimal', name: 'text', tags: { list: 'text' }, day: 'date' }),
  rowsAt: ([first]) => (first === 'lines' ? lineScope : first === 'secrets' ? 'refused' : null),
}
const rowsContext = (record: Row): RuleContext => ({
  ...contextOf(record),
  rows: path => ((record[path[0] ?? ''] as readonly Row[] | undefined) ?? []).map(rowsContext),
})
const check = (rule: Rule, expected: RuleType = 'boolean', isForSql = false) => checkRule(rule, orderScope, expected, '', { isForSql })
const evaluate = (rule: Rule, record: Row, expected: RuleType = 'boolean', more: Partial<RuleContext> = {}) => {
  const { checked, issues } = check(rule, expected)
  if (!checked) throw new DefinitionError(issues)
  return compileRule(checked)({ ...rowsContext(record), ...more })
}
const codes = (rule: Rule, expected: RuleType = 'boolean', isForSql = false) =>
  check(rule, expected, isForSql).issues.map(({ code, path }) => `${code} ${path}`)

const order: Row = {
  limit: '10',
  name: 'o',
  tags: ['a', 'b'],
  lines: [
    { name: 'x', price: '4', limit: '1', parts: [{ weight: '2' }] },
    { name: 'y', price: '6.5', parts: [] },
  ],
}

describe('rules over rows', () => {
  it('read the row by its own names, the record around it as parent, and rows of rows', () => {
    expect(evaluate({ some: [{ var: 'lines' }, { '>': [{ var: 'price' }, { var: 'parent.limit' }] }] }, order)).toBe(false)
    expect(evaluate({ some: [{ var: 'lines' }, { '>': [{ var: 'price' }, { var: 'limit' }] }] }, order)).toBe(true)
    expect(
      evaluate(
        { some: [{ var: 'lines' }, { some: [{ var: 'parts' }, { '<': [{ var: 'weight' }, { var: 'parent.parent.limit' }] }] }] },
        order,
      ),
    ).toBe(true)
    expect(evaluate({ sum: [{ var: 'lines' }, { var: 'price' }] }, order, 'decimal')).toBe('10.5')
    expect(evaluate({ join: [{ map: [{ var: 'lines' }, { var: 'name' }] }, '+'] }, order, 'text')).toBe('x+y')
    const gathered: Rule = { reduce: [{ var: 'lines' }, { '+': [{ var: 'accumulator' }, { var: 'current.price' }] }, 0] }
    expect(evaluate(gathered, order, 'decimal')).toBe('10.5')
  })

  it('say what they depend on: of the record and of each row', () => {
    const { checked } = check({ some: [{ var: 'lines' }, { '>': [{ var: 'price' }, { var: 'parent.limit' }] }] })
    expect(checked && readsIn(checked)).toEqual({ paths: [['limit']], rows: [{ at: ['lines'], paths: [['price']], rows: [] }] })
  })

  it('are checked: names, types, arguments, and whether rows may be looked at', () => {
    expect(codes({ some: [{ var: 'lines' }, { '>': [{ var: 'prise' }, 1] }] })).toEqual(['RULE_FIELD_UNKNOWN some/1/>/0/var'])
    expect(codes({ some: [{ var: 'lines' }, { var: 'price' }] })).toEqual(['RULE_TYPE_MISMATCH some/1'])
    expect(codes({ some: [{ var: 'lines' }] })).toEqual(['RULE_ARGUMENTS some'])
    expect(codes({ some: [{ var: 'limit' }, true] })).toEqual(['RULE_TYPE_MISMATCH some/0'])
    expect(codes({ some: [{ var: 'secrets' }, true] })).toEqual(['RULE_ROWS some/0'])
    expect(codes({ reduce: [{ var: 'lines' }, { var: 'current.name' }, 0] }, 'decimal')).toEqual(['RULE_TYPE_MISMATCH reduce/1'])
    expect(codes({ reduce: [{ var: 'lines' }, 1, 0] }, 'decimal', true)).toEqual(['RULE_NOT_SQL reduce'])
    expect(codes({ isWorkday: [{ var: 'day' }] }, 'boolean', true)).toEqual(['RULE_NOT_SQL isWorkday'])
    for (const name of ['parent.constructor', 'parent.__proto__', 'current.toString', '__proto__', 'parent.parent.constructor'])
      expect(codes({ some: [{ var: 'lines' }, { '==': [{ var: name }, 1] }] })).toEqual(['RULE_FIELD_UNKNOWN some/1/==/0/var'])
  })

  it('tell in a trace which rows were looked at', () => {
    const { checked } = check({ some: [{ var: 'lines' }, { '>': [{ var: 'price' }, 3] }] })
    const trace = checked && traceRule(checked, rowsContext(order))
    expect(trace?.value).toBe(true)
    expect(trace?.inputs.map(input => input.inputs[0]?.value)).toEqual(['4'])
  })
})

describe('what a rule may take', () => {
  it('ends with an error beyond its steps, never a wait', () => {
    const lines = Array.from({ length: 1000 }, () => ({ price: '1' }))
    const nested: Rule = {
      some: [
        { var: 'lines' },
        { some: [{ var: 'parent.lines' }, { some: [{ var: 'parent.parent.lines' }, { '>': [{ var: 'price' }, 1] }] }] },
      ],
    }
    expect(() => evaluate(nested, { lines })).toThrow('too many rows')
    const tags = Array.from({ length: 60 }, () => 'ab')
    const doubling: Rule = { reduce: [{ var: 'tags' }, { cat: [{ var: 'accumulator' }, { var: 'accumulator' }] }, 'x'] }
    expect(() => evaluate(doubling, { tags }, 'text')).toThrow(DefinitionError)
    const squaring: Rule = { reduce: [{ var: 'tags' }, { '*': [{ var: 'accumulator' }, { var: 'accumulator' }] }, 3] }
    expect(() => evaluate(squaring, { tags }, 'decimal')).toThrow(DefinitionError)
  })

  it('never follows data to a prototype, without a model either', () => {
    for (const path of ['__proto__', 'constructor', 'a.__proto__', 'a.constructor.name', 'toString', 'hasOwnProperty'])
      expect(evaluateUntyped({ var: path }, { a: { b: 1 } })).toMatchObject(path.includes('__') ? { issues: [{}] } : {})
    expect(evaluateUntyped({ var: 'constructor' }, {})).toEqual({ value: null })
    expect(evaluateUntyped(JSON.parse('{"__proto__":[1]}'), {})).toMatchObject({ issues: [{ code: 'RULE_OPERATOR_UNKNOWN' }] })
  })
})

describe('workdays', () => {
  // National Day 2026 in China: off from 1 to 7 October, worked on Sunday 20 September and Saturday 10 October
  const calendar: WorkCalendar = {
    weekdays: [1, 2, 3, 4, 5],
    holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
    workdays: ['2026-09-20', '2026-10-10'],
  }
  const ask = (rule: Rule, type: RuleType) => evaluate(rule, {}, type, { calendar })

  it('follow the calendar of the context, days worked in place of others included', () => {
    expect(ask({ isWorkday: ['2026-10-10'] }, 'boolean')).toBe(true)
    expect(ask({ isWorkday: ['2026-10-05'] }, 'boolean')).toBe(false)
    expect(ask({ workdaysBetween: ['2026-10-01', '2026-10-12'] }, 'decimal')).toBe('3')
    expect(ask({ addWorkdays: ['2026-09-30', 1] }, 'date')).toBe('2026-10-08')
    expect(ask({ addWorkdays: ['2026-10-08', -1] }, 'date')).toBe('2026-09-30')
  })

  it('count the same whether one by one or all at once', () => {
    const start = '2026-09-14'
    for (let days = 0; days < 40; days++) {
      const to = new Date(Date.parse(start) + days * 86_400_000).toISOString().slice(0, 10)
      const oneByOne = Array.from({ length: days }, (_, index) =>
        new Date(Date.parse(start) + index * 86_400_000).toISOString().slice(0, 10),
      ).filter(day => ask({ isWorkday: [day] }, 'boolean') === true)
      expect(ask({ workdaysBetween: [start, to] }, 'decimal')).toBe(String(oneByOne.length))
    }
  })
})
