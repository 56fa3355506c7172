import { describe, expect, it } from '@jest/globals'
import { missingParts, numberText, partsOf, scopeOf } from '../../platform/fields/number-format.js'
import { compileModel } from '../../platform/model/compile.js'

const of = (definition: Record<string, unknown>) => ({ type: 'autonumber', ...definition })

describe('the text of an automatic number', () => {
  it('is made of days, fields and the number', () => {
    expect(numberText('OR-{YYYY}{MM}{DD}-{YY}-{seq:5}', 42, '2026-03-09')).toBe('OR-20260309-26-00042')
    expect(numberText('{code}/{group.code}-{seq}', 7n, '2026-03-09', path => (path === 'code' ? 'A{seq}' : 'B'))).toBe('A{seq}/B-7')
    expect(numberText(undefined, 3, '2026-03-09')).toBe('00003')
    expect(partsOf('{code}-{YYYY}-{group.code}-{code}-{seq:4}')).toEqual(['code', 'group.code'])
  })

  it('is counted by year, month, day and value', () => {
    const part = () => 'A'
    expect(scopeOf(of({}), '2026-03-09', part)).toBe('')
    expect(scopeOf(of({ reset: 'month' }), '2026-03-09', part)).toBe('2026-03')
    expect(scopeOf(of({ reset: 'year', per: 'code' }), '2026-03-09', part)).toBe('2026=A')
  })

  it('says what it lacks to be unique', () => {
    expect(missingParts(of({ format: '{seq}', reset: 'day', per: 'code' }))).toBe('{YYYY}{MM}{DD}{code}')
    expect(missingParts(of({ format: '{YY}{MM}-{seq}', reset: 'month' }))).toBe('')
  })
})

describe('publishing an automatic number', () => {
  const issuesOf = (number: Record<string, unknown>) =>
    compileModel([
      {
        kind: 'object',
        name: 'thing',
        definition: {
          object: 'thing',
          plural: 'things',
          label: 'Thing',
          fields: {
            number: { type: 'autonumber', ...number },
            code: { type: 'text' },
            sum: { type: 'formula', returns: 'text', rule: { var: 'code' } },
          },
        },
      },
    ] as never).issues.map(found => `${found.code} ${found.path}`)

  it('refuses a format that would give numbers twice, and fields that are not known when it is drawn', () => {
    expect(issuesOf({ format: 'A-{seq}', reset: 'year' })).toEqual(['NUMBER_PARTS_MISSING objects/thing/fields/number/format'])
    expect(issuesOf({ format: '{kode}-{seq}' })).toEqual(['FIELD_UNKNOWN objects/thing/fields/number/format'])
    expect(issuesOf({ format: '{sum}-{seq}', per: 'sum' })).toEqual(['PROPERTY_UNFIT objects/thing/fields/number/per'])
    expect(issuesOf({ format: '{code}-{YYYY}-{seq:3}', per: 'code', reset: 'year', mode: 'fast' })).toEqual([])
  })
})
