import { describe, expect, it } from '@jest/globals'
import type { Elements } from '@tessera/platform/editing/elements.js'
import {
  addRole,
  bareRule,
  changeGrant,
  changeRestriction,
  grantOf,
  levelField,
  limitField,
  roleDefinition,
  ruleAction,
  toggleAction,
} from '../../studio/builder/edit-role.js'

const own = { '==': [{ var: 'owner' }, { var: 'user.id' }] }
const withRole = (grants: object, more: object = {}): Elements => ({
  'roles/rep': { kind: 'role', name: 'rep', definition: { role: 'rep', label: 'Rep', grants, ...more } },
})
const roleIn = (elements: Elements) => roleDefinition(elements, 'rep')

describe('giving and taking actions', () => {
  it('keeps the order of the actions, whatever order they were given in', () => {
    const once = toggleAction(withRole({}), 'rep', 'firm', 'update')
    expect(roleIn(toggleAction(once, 'rep', 'firm', 'read'))?.grants).toEqual({ firm: { actions: ['read', 'update'] } })
  })

  it('leaves nothing of a grant that says nothing', () =>
    expect(roleIn(toggleAction(withRole({ firm: { actions: ['read'] } }), 'rep', 'firm', 'read'))?.grants).toEqual({}))

  it('copies what stands for all others before it differs, and keeps an empty grant over it', () => {
    const all = withRole({ '*': { actions: ['read', 'update'] } })
    const less = toggleAction(all, 'rep', 'firm', 'update')
    expect(roleIn(less)?.grants).toEqual({ '*': { actions: ['read', 'update'] }, firm: { actions: ['read'] } })
    expect(roleIn(toggleAction(less, 'rep', 'firm', 'read'))?.grants).toHaveProperty('firm', { actions: [] })
  })

  it('takes the rule of an action along', () => {
    const ruled = ruleAction(withRole({ firm: { actions: ['read', 'update'] } }), 'rep', 'firm', 'update', own)
    expect(roleIn(ruled)?.grants).toEqual({ firm: { actions: ['read', 'update'], recordsFor: { update: own } } })
    expect(roleIn(toggleAction(ruled, 'rep', 'firm', 'update'))?.grants).toEqual({ firm: { actions: ['read'] } })
    expect(roleIn(ruleAction(ruled, 'rep', 'firm', 'update', undefined))?.grants).toEqual({ firm: { actions: ['read', 'update'] } })
  })

  it('says whether a role names an object itself', () => {
    const role = roleIn(withRole({ '*': { actions: ['read'] } }))
    expect(role && grantOf(role, 'firm')).toEqual({ grant: { actions: ['read'] }, isOwn: false })
    expect(role && grantOf(role, '__proto__')).toEqual({ grant: { actions: ['read'] }, isOwn: false })
  })
})

describe('records, fields, restrictions', () => {
  it('writes down only what is not usual of a field', () => {
    const hidden = levelField(withRole({ firm: { actions: ['read'] } }), 'rep', 'firm', 'cost', 'hidden')
    expect(roleIn(hidden)?.grants).toEqual({ firm: { actions: ['read'], fields: { cost: 'hidden' } } })
    expect(roleIn(levelField(hidden, 'rep', 'firm', 'cost', 'edit'))?.grants).toEqual({ firm: { actions: ['read'] } })
  })

  it('limits a field for whoever holds the role, and leaves nothing of limits that are taken away', () => {
    const limited = limitField(withRole({}, { restrict: { firm: { actions: ['export'] } } }), 'rep', 'firm', 'cost', 'hidden')
    expect(roleIn(limited)?.restrict).toEqual({ firm: { actions: ['export'], fields: { cost: 'hidden' } } })
    expect(roleIn(limitField(limited, 'rep', 'firm', 'cost', 'edit'))?.restrict).toEqual({ firm: { actions: ['export'] } })
    expect(roleIn(limitField(withRole({}), 'rep', 'firm', 'cost', 'edit'))).not.toHaveProperty('restrict')
  })

  it('takes a rule away again', () => {
    const ruled = changeGrant(withRole({ firm: { actions: ['read'] } }), 'rep', 'firm', { records: own })
    expect(roleIn(changeGrant(ruled, 'rep', 'firm', { records: undefined }))?.grants).toEqual({ firm: { actions: ['read'] } })
  })

  it('has restrictions only while they say something', () => {
    const taken = changeRestriction(withRole({}), 'rep', 'firm', { actions: ['export'] })
    expect(roleIn(taken)?.restrict).toEqual({ firm: { actions: ['export'] } })
    expect(roleIn(changeRestriction(taken, 'rep', 'firm', { actions: [] }))).not.toHaveProperty('restrict')
  })

  it('shows the record’s own fields by bare names where rows can show the rule, and leaves others alone', () => {
    expect(bareRule({ '==': [{ var: 'record.owner' }, { var: 'user.id' }] })).toEqual(own)
    const deep = { some: [{ var: 'record.lines' }, { '==': [{ var: 'kind' }, { var: 'record.kind' }] }] }
    expect(bareRule(deep)).toBe(deep)
    expect(bareRule(undefined)).toBeUndefined()
  })

  it('changes nothing of a role that is not there, and adds one that grants nothing', () => {
    expect(toggleAction({}, 'rep', 'firm', 'read')).toEqual({})
    expect(roleDefinition(addRole({}, 'rep', { en: 'Rep' }), 'rep')).toEqual({ role: 'rep', label: { en: 'Rep' }, grants: {} })
  })
})
