import { describe, expect, it } from '@jest/globals'
import { withLimits } from '../../platform/access/with-limits.js'
import { elementOf } from '../../platform/definitions/index.js'
import { compileModel } from '../../platform/model/compile.js'

const text = { type: 'text', label: 'Text' }
const { model } = compileModel(
  [
    { object: 'card', plural: 'cards', label: 'Card', fields: { name: text, code: text, note: text } },
    { role: 'clerk', label: 'Clerk', grants: { card: { actions: ['read', 'create'], fields: { code: 'masked', note: 'read' } } } },
    { role: 'chief', label: 'Chief', grants: { card: { actions: ['read', 'update', 'transfer'], fields: { code: 'revealable' } } } },
    { role: 'barred', label: 'Barred', grants: {}, restrict: { card: { actions: ['transfer'], fields: { name: 'masked' } } } },
  ].flatMap(json => elementOf(json) ?? []),
)
const open = (...roles: string[]) =>
  Object.values(withLimits(model, roles).objects.card?.fields ?? {})
    .filter(({ name }) => ['name', 'code', 'note', 'owner'].includes(name))
    .map(({ name, writable, masked, revealable }) => [name, writable, masked !== undefined, revealable === true])

describe('a model with the limits of roles', () => {
  it('says what can be written and what is seen in part', () =>
    expect(open('clerk')).toEqual([
      ['owner', false, false, false],
      ['name', true, false, false],
      ['code', false, true, false],
      ['note', false, false, false],
    ]))

  it('is as open as the most generous role, and no more open than a restriction', () => {
    expect(open('clerk', 'chief')).toEqual([
      ['owner', true, false, false],
      ['name', true, false, false],
      ['code', false, true, true],
      ['note', true, false, false],
    ])
    expect(open('clerk', 'chief', 'barred').slice(0, 2)).toEqual([
      ['owner', false, false, false],
      ['name', false, true, false],
    ])
  })

  it('stays as it is for objects and roles that are not known', () =>
    expect(open('clerk', 'unknown')[0]).toEqual(['owner', true, false, false]))
})
