import { describe, expect, it } from '@jest/globals'
import { elementOf } from '../../platform/definitions/index.js'
import { compileModel } from '../../platform/model/compile.js'
import { coverageOf, levelOf, profilesOf } from '../../studio/builder/role-coverage.js'

const definitions = [
  {
    object: 'firm',
    plural: 'firms',
    label: 'Firm',
    title: 'name',
    access: { default: 'private' },
    fields: { name: { type: 'text', label: 'Name' }, phone: { type: 'phone', label: 'Phone' }, cost: { type: 'integer', label: 'Cost' } },
  },
  { role: 'all', label: 'All', grants: { '*': { actions: ['read', 'update', 'seeAll', 'editAll'] } } },
  { role: 'own', label: 'Own', grants: { firm: { actions: ['read', 'update'], fields: { phone: 'masked', cost: 'hidden' } } } },
  { role: 'some', label: 'Some', grants: { firm: { actions: ['read'], records: { '==': [{ var: 'name' }, 'x'] } } } },
  { role: 'none', label: 'None', grants: {} },
]
const { model } = compileModel(definitions.flatMap(json => elementOf(json) ?? []))
const profiles = profilesOf(model)

describe('what a role comes to', () => {
  it('says in a word which records an action covers', () => {
    const seen = Object.entries(profiles).map(([name, profile]) => [
      name,
      coverageOf(profile, 'read', 'firm'),
      coverageOf(profile, 'update', 'firm'),
    ])
    expect(seen).toEqual([
      ['all', 'all', 'all'],
      ['own', 'reach', 'reach'],
      ['some', 'rule', 'none'],
      ['none', 'none', 'none'],
    ])
  })

  it('says how far a field is open', () => {
    const levels = (role: string) =>
      ['name', 'phone', 'cost'].map(name => {
        const [profile, field] = [profiles[role], model.objects.firm?.fields[name]]
        return profile && field && levelOf(profile, 'firm', field)
      })
    expect([levels('all'), levels('own'), levels('some'), levels('none')]).toEqual([
      ['edit', 'edit', 'edit'],
      ['edit', 'masked', 'hidden'],
      ['read', 'read', 'read'],
      ['hidden', 'hidden', 'hidden'],
    ])
  })
})
