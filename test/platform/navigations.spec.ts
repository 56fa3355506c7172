import { describe, expect, it } from '@jest/globals'
import { narrowDefinitions } from '@tessera/platform/access/narrow-definitions.js'
import { profileOf } from '@tessera/platform/access/profile.js'
import { readDefinitions } from '@tessera/platform/definitions/check.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { navigationsFor } from '@tessera/platform/model/navigations.js'

const navigation = (name: string, more: object = {}, object = 'firm') => ({
  navigation: name,
  label: name,
  groups: [{ group: 'main', label: 'Main', items: [{ object }] }],
  ...more,
})
const grants = { firm: { actions: ['read'] } }
const compiled = (...more: object[]) => {
  const { elements, issues } = readDefinitions(
    [
      { object: 'firm', plural: 'firms', label: 'Firm', fields: { name: { type: 'text', label: 'Name' } } },
      { object: 'pay', plural: 'pays', label: 'Pay', fields: { name: { type: 'text', label: 'Name' } } },
      { role: 'rep', label: 'Rep', grants },
      { role: 'boss', label: 'Boss', grants: { ...grants, pay: { actions: ['read'] } } },
      { role: 'admin', label: 'Admin', admin: true, grants: {} },
      ...more,
    ].map((json, index) => ({ source: `put/${index}`, json })),
  )
  const { model, issues: linked } = compileModel(elements)
  return { elements, model, issues: [...issues, ...linked].map(({ code, path, message }) => `${code} ${path}: ${message}`) }
}
const all = [
  navigation('people', { roles: ['boss'], order: 2 }),
  navigation('extras'),
  navigation('sales', { roles: ['rep', 'boss'], order: 1 }),
  navigation('wages', { order: 3 }, 'pay'),
]

describe('several navigations', () => {
  const { elements, model, issues } = compiled(...all)
  const given = (...roles: string[]) =>
    narrowDefinitions(elements, profileOf(roles, model), roles).filter((one): one is { navigation: string; roles?: string[] } =>
      Object.hasOwn(one, 'navigation'),
    )
  const namesFor = (...roles: string[]) => navigationsFor(model, roles).map(one => one.navigation)

  it('are for everybody or for some roles, in their order, those without a place behind the others', () => {
    expect(issues).toEqual([])
    expect(namesFor('rep')).toEqual(['sales', 'wages', 'extras'])
    expect(namesFor('rep', 'boss')).toEqual(['sales', 'people', 'wages', 'extras'])
    expect(namesFor('admin')).toEqual(['wages', 'extras'])
  })

  it('are told to whom they are for and who may read something in them, with no role but their own', () => {
    expect(given('rep').map(one => [one.navigation, one.roles])).toEqual([
      ['extras', undefined],
      ['sales', ['rep']],
    ])
    expect(given('boss').map(one => [one.navigation, one.roles])).toEqual([
      ['people', ['boss']],
      ['extras', undefined],
      ['sales', ['boss']],
      ['wages', undefined],
    ])
  })

  it('are told whole to admins, who design them', () => expect(given('admin').map(one => one.navigation)).toHaveLength(all.length))

  it('name roles that are there, one at least', () => {
    expect(compiled(navigation('sales', { roles: ['boss', 'bos'] })).issues).toEqual([
      'ELEMENT_UNKNOWN navigation/sales/roles/1: There is no role “bos”.',
    ])
    expect(compiled(navigation('sales', { roles: [] })).issues.map(found => found.split(':')[0])).toEqual([
      'SHAPE_INVALID navigation/sales/roles',
    ])
  })
})
