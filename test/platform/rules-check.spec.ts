import { describe, expect, it } from '@jest/globals'
import { checkRule } from '../../platform/rules/check.js'
import type { RuleType } from '../../platform/rules/types.js'
import { scopeOf } from './rules-scope.js'

const types = {
  stage: 'text',
  amount: 'decimal',
  count: 'integer',
  done: 'boolean',
  closeDate: 'date',
  madeAt: 'dateTime',
  owner: 'id',
  tags: { list: 'text' },
} as const
const issuesOf = (rule: unknown, expected: RuleType = 'boolean') =>
  checkRule(rule, scopeOf(types), expected, 'rules/0/must').issues.map(({ code, path }) => `${code} ${path}`)
const nodeOf = (rule: unknown, expected: RuleType = 'boolean') => checkRule(rule, scopeOf(types), expected, '').checked

describe('checking a rule', () => {
  it('finds every issue at once, each with its path and a hint', () => {
    const rule = {
      and: [
        { '>': [{ var: 'amont' }, 0] },
        { grater: [1, 2] },
        { '==': [{ var: 'closeDate' }, 'soon'] },
        { '+': [1] },
        { '/': [{ var: 'stage' }, 2] },
        { '!': [1, 2] },
      ],
    }
    const { issues, checked } = checkRule(rule, scopeOf(types), 'boolean', 'rules/0/must')
    expect(checked).toBeUndefined()
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'RULE_FIELD_UNKNOWN rules/0/must/and/0/>/0/var',
      'RULE_OPERATOR_UNKNOWN rules/0/must/and/1',
      'RULE_TYPE_MISMATCH rules/0/must/and/2/==/1',
      'RULE_TYPE_MISMATCH rules/0/must/and/4/~1/0',
      'RULE_ARGUMENTS rules/0/must/and/5/!',
      'RULE_TYPE_MISMATCH rules/0/must/and/3',
    ])
    expect(issues[0]?.hint).toBe('Did you mean “amount”?')
    expect(issues[2]?.message).toBe('== takes a date here, not a text.')
  })

  it('takes literals as the type of the other side', () => {
    expect(nodeOf({ '==': [{ var: 'closeDate' }, '2026-01-31'] })).toMatchObject({ args: [{}, { kind: 'literal', type: 'date' }] })
    expect(nodeOf({ '<': ['2026-01-31T10:00:00Z', { var: 'madeAt' }] })).toMatchObject({
      args: [{ type: 'dateTime', value: '2026-01-31T10:00:00.000Z' }, {}],
    })
    expect(nodeOf({ '==': [{ var: 'owner' }, '019A0000-0000-7000-8000-000000000001'] })).toMatchObject({
      args: [{}, { type: 'id', value: '019a0000-0000-7000-8000-000000000001' }],
    })
    expect(nodeOf({ '>': [{ var: 'amount' }, '0.10'] })).toMatchObject({ args: [{}, { type: 'decimal' }] })
    expect(nodeOf({ '==': [{ if: [{ var: 'done' }, '2026-01-01', '2026-02-01'] }, { var: 'closeDate' }] })).toMatchObject({
      args: [{ type: 'date' }, {}],
    })
    expect(nodeOf({ in: [{ var: 'closeDate' }, ['2026-01-01', null]] })).toMatchObject({ args: [{}, { type: { list: 'date' } }] })
  })

  it('takes whole numbers where decimals are taken, and compares them as they are stored', () => {
    expect(nodeOf({ '>': [{ var: 'count' }, 5] })).toMatchObject({ args: [{ kind: 'read' }, { type: 'integer' }] })
    expect(nodeOf({ '>': [{ var: 'count' }, 5.5] })).toMatchObject({ args: [{ kind: 'widen' }, { type: 'decimal' }] })
    expect(nodeOf({ '+': [{ var: 'count' }, 1] }, 'decimal')).toMatchObject({ args: [{ kind: 'widen' }, {}] })
    expect(issuesOf({ var: 'count' }, 'decimal')).toEqual([])
    expect(issuesOf({ '*': [{ var: 'amount' }, 2] }, 'integer')).toEqual([])
  })

  it('refuses what does not fit', () => {
    expect(issuesOf({ and: [1, 'x'] })).toEqual(['RULE_TYPE_MISMATCH rules/0/must/and/0', 'RULE_TYPE_MISMATCH rules/0/must/and/1'])
    expect(issuesOf({ '<': [{ var: 'done' }, true] })).toEqual([
      'RULE_TYPE_MISMATCH rules/0/must/</0',
      'RULE_TYPE_MISMATCH rules/0/must/</1',
    ])
    expect(issuesOf({ in: [{ var: 'stage' }, 'won'] })).toEqual(['RULE_TYPE_MISMATCH rules/0/must/in/1'])
    expect(issuesOf({ '==': [{ var: 'tags' }, 'vip'] })).toEqual(['RULE_TYPE_MISMATCH rules/0/must/==/1'])
    expect(issuesOf({ round: [{ var: 'amount' }, { var: 'count' }] }, 'decimal')).toEqual(['RULE_TYPE_MISMATCH rules/0/must/round/1'])
    expect(issuesOf({ startOf: [{ var: 'closeDate' }, 'decade'] }, 'date')).toEqual(['RULE_TYPE_MISMATCH rules/0/must/startOf/1'])
    expect(issuesOf({ var: 'amount' })).toEqual(['RULE_TYPE_MISMATCH rules/0/must'])
    expect(issuesOf('yes')).toEqual(['RULE_TYPE_MISMATCH rules/0/must'])
    expect(issuesOf({ '==': [{ var: 'stage' }, 'a\u0000'] })).toEqual(['RULE_INVALID rules/0/must/==/1'])
    expect(issuesOf({ '>': [{ var: 'amount' }, 1e300] })).toEqual(['RULE_INVALID rules/0/must/>/1'])
  })

  it('refuses what is no rule', () => {
    expect(issuesOf({})).toEqual(['RULE_INVALID rules/0/must'])
    expect(issuesOf({ and: [true], or: [true] })).toEqual(['RULE_INVALID rules/0/must'])
    expect(issuesOf({ changed: [1] })).toEqual(['RULE_INVALID rules/0/must/changed'])
    expect(issuesOf({ var: ['amount', 1, 2] }, 'decimal')).toEqual(['RULE_INVALID rules/0/must/var'])
  })

  it('knows no paths to prototypes', () => {
    const everything = { typeOf: () => 'text' as const, names: () => [] }
    for (const path of [
      '__proto__',
      'constructor',
      'constructor.name',
      'stage.__proto__',
      'prototype',
      'toString',
      'a..b',
      '',
      '.',
      'hasOwnProperty',
      'valueOf',
    ]) {
      expect(checkRule({ var: path }, everything, 'text', '').issues.map(({ code }) => code)).toEqual(['RULE_FIELD_UNKNOWN'])
    }
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(checkRule(JSON.parse(`{"${name}":[1]}`), everything, 'text', '').issues.map(({ code }) => code)).toEqual([
        'RULE_OPERATOR_UNKNOWN',
      ])
    }
    expect(issuesOf({ changed: 'constructor' })).toEqual(['RULE_FIELD_UNKNOWN rules/0/must/changed'])
  })

  it('bounds depth and size, however large the rule', () => {
    const deep = (levels: number): unknown => (levels === 0 ? true : { '!': [deep(levels - 1)] })
    expect(issuesOf(deep(31))).toEqual([])
    expect(issuesOf(deep(32))).toEqual(['RULE_TOO_LARGE rules/0/must'])
    expect(issuesOf(deep(5000))).toEqual(['RULE_TOO_LARGE rules/0/must'])
    expect(issuesOf({ and: Array.from({ length: 999 }, () => true) })).toEqual([])
    expect(issuesOf({ and: Array.from({ length: 1000 }, () => true) })).toEqual(['RULE_TOO_LARGE rules/0/must'])
    expect(issuesOf(Array.from({ length: 2000 }, () => []))).toEqual(['RULE_TOO_LARGE rules/0/must'])
  })

  it('speaks the reader’s language', () => {
    const [found] = checkRule({ '>': [{ var: 'stage' }, 5] }, scopeOf(types), 'boolean', '').issues
    expect(found?.params).toEqual({
      operator: '>',
      expected: { en: 'a text', 'zh-CN': '文本' },
      actual: { en: 'a number', 'zh-CN': '数值' },
    })
  })
})
