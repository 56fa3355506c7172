import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { compileModel } from '../../platform/model/compile.js'
import { checkCascades, unfitKeys } from '../../platform/records/cascade.js'
import { checkForm } from '../../platform/records/check-form.js'

const select = (options: readonly object[], dependsOn?: string) => ({ type: 'select', options, ...(dependsOn ? { dependsOn } : {}) })
const fields = {
  province: select([{ value: 'bj' }, { value: 'sh' }]),
  city: select([{ value: 'haidian', of: ['bj'] }, { value: 'pudong', of: ['sh'] }, { value: 'any' }], 'province'),
  street: select(
    [
      { value: 'h1', of: ['haidian'] },
      { value: 'p1', of: ['pudong'] },
      { value: 'x', of: ['any'] },
    ],
    'city',
  ),
}
const compiled = (more: object = {}) => {
  const definition = { object: 'place', plural: 'places', label: 'Place', fields: { ...fields, ...more } }
  return compileModel([{ kind: 'object', name: 'place', definition }] as never)
}
const object = (() => {
  const found = compiled().model.objects.place
  if (!found) throw new Error('No object')
  return found
})()
const codes = (values: object, changed: readonly string[] | null = null) =>
  checkCascades(object, { ...values }, changed && new Set(changed)).map(found => `${found.code} ${found.path}`)

describe('choices that depend on choices', () => {
  it('fit when each belongs to the one above it', () => {
    expect(codes({ province: 'bj', city: 'haidian', street: 'h1' })).toEqual([])
    expect(codes({ province: 'sh', city: 'haidian', street: 'h1' })).toEqual(['OPTION_UNFIT city'])
    expect(codes({ city: 'haidian', street: 'p1' })).toEqual(['OPTION_UNFIT city', 'OPTION_UNFIT street'])
    expect(codes({ city: 'any', street: 'x' })).toEqual([])
  })

  it('are asked for only where one of the two changes', () => {
    expect(codes({ province: 'sh', city: 'haidian', street: 'p1' }, ['street'])).toEqual(['OPTION_UNFIT street'])
    expect(codes({ province: 'sh', city: 'haidian', street: 'h1' }, ['province'])).toEqual(['OPTION_UNFIT city'])
  })

  it('say in both languages what does not belong to what', () => {
    const moment = { member: null, now: '2026-01-01T00:00:00.000Z', today: '2026-01-01', timeZone: 'UTC' }
    const said = (locale: 'en' | 'zh-CN') =>
      checkForm({ model: compiled().model, object, before: null, moment, locale }, { province: 'sh', city: 'haidian' })[0]?.message
    expect(said('en')).toBe('“haidian” of city does not belong to the chosen province.')
    expect(said('zh-CN')).toBe('city「haidian」不属于所选的province。')
  })

  it('are emptied down the whole chain, and then fit, whatever changes', () => {
    expect(unfitKeys(object, { province: 'bj', city: 'haidian', street: 'h1' }, { province: 'sh' })).toEqual(['city', 'street'])
    const value = (name: keyof typeof fields) =>
      fc.constantFrom(null, ...fields[name].options.map(option => String((option as { value: string }).value)))
    const record = fc.record({ province: value('province'), city: value('city'), street: value('street') })
    fc.assert(
      fc.property(record, record, fc.constantFrom('province', 'city'), (start, other, key) => {
        fc.pre(codes(start).length === 0)
        const next = { [key]: other[key as 'province' | 'city'] }
        const emptied = Object.fromEntries(unfitKeys(object, start, next).map(name => [name, null]))
        const after = { ...start, ...next, ...emptied }
        // only what the change itself says may not fit, when it is a child of something else
        expect(codes(after).filter(code => code !== `OPTION_UNFIT ${key}`)).toEqual([])
      }),
      { numRuns: 300, seed: 3 },
    )
  })

  it('are checked when they are published', () => {
    const issues = (more: object) => compiled(more).issues.map(found => `${found.code} ${found.path}`)
    expect(issues({})).toEqual([])
    expect(issues({ a: select([{ value: '1', of: ['no'] }], 'province') })).toEqual([
      'OPTION_UNKNOWN objects/place/fields/a/options/0/of/0',
    ])
    expect(issues({ a: select([{ value: '1' }], 'nothing') })).toEqual(['FIELD_UNKNOWN objects/place/fields/a/dependsOn'])
    expect(issues({ a: select([{ value: '1', of: ['bj'] }]) })).toEqual(['PROPERTY_MISSING objects/place/fields/a/dependsOn'])
    expect(issues({ a: select([{ value: '1' }], 'b'), b: select([{ value: '1' }], 'a') })).toEqual([
      'PROPERTY_UNFIT objects/place/fields/a/dependsOn',
      'PROPERTY_UNFIT objects/place/fields/b/dependsOn',
    ])
  })
})
