import { describe, expect, it } from '@jest/globals'
import { type Element, elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '../../platform/model/compile.js'
import { reachSql, sharedSql } from '../../platform/query/reach.js'
import { flat, join, mapValues, name, nothing, param, render, Slot, sql, valuesOf, workspaceTable } from '../../platform/sql/sql.js'

describe('putting SQL together', () => {
  const where = sql`where ${name('t', 'a')} = ${1} and ${sql`b in (${join([param(2), sql`${3} + ${4}`])})`}`

  it('numbers values in the order in which they stand, however deep', () =>
    expect(render(sql`select from ${workspaceTable('t')} ${where} limit ${5}`, 'w')).toEqual({
      text: 'select from "w"."t" where "t"."a" = $1 and b in ($2, $3 + $4) limit $5',
      values: [1, 2, 3, 4, 5],
    }))

  it('comes to the same with nothing nested in it', () => expect(render(flat(where))).toEqual(render(where)))

  it('is empty without pieces', () => expect([String(join([])), String(nothing)]).toEqual(['', '']))

  it('puts other SQL in the place of values, however deep', () =>
    expect(String(mapValues(where, value => (value === 3 ? sql`now() - ${'1 day'}` : null)))).toBe(
      'where "t"."a" = $1 and b in ($2, now() - $3 + $4)',
    ))

  it('sends a slot once, wherever it stands', () => {
    const member = new Slot(({ context }) => context.member)
    const statement = render(sql`a = ${member} or ${sql`b = ${7} and c = ${member}`}`)
    expect(statement.text).toBe('a = $1 or b = $2 and c = $1')
    expect(valuesOf(statement, { variables: {}, context: { member: 'm' } })).toEqual(['m', 7])
  })
})

describe('who asks, in a statement that asks it at many places', () => {
  const rules = (level: 'read' | 'edit') => [{ rule: 'helpers', of: { team: 'sales' }, to: { team: 'help' }, level }]
  const objectsWith = (access: object) =>
    compileModel(
      ['deal', 'visit']
        .map(object =>
          elementOf({
            object,
            plural: `${object}s`,
            label: object,
            access: { default: 'private', groups: { team: 'team' }, ...access },
            fields: { name: { type: 'text', label: 'Name' }, team: { type: 'text', label: 'Team' } },
          }),
        )
        .filter((element): element is Element => element !== null),
    ).model.objects
  const sent = (access: object) => {
    const { deal, visit } = objectsWith(access)
    if (!deal || !visit) throw new Error('no object')
    const asked = (['read', 'edit'] as const).flatMap(level =>
      [deal, visit].flatMap(object => [reachSql(object, 't', level), sharedSql(object, 't', level)]),
    )
    return valuesOf(render(sql`${join(asked, ' or ')}`), {
      variables: {},
      context: {
        member: 'm',
        reach: {
          below: ['b'],
          groups: [{ id: 'g', kind: 'team', name: 'help' }],
          members: new Map([['team sales', ['s']]]),
        },
      },
    })
  }

  it('stands once among its values: owners, teams, and to whom records are shared', () =>
    expect(sent({})).toEqual([['m', 'b'], ['help'], ['m', 'g']]))

  it('has the owners of its own object and level where rules give more', () => {
    expect(sent({ rules: rules('edit') })).toEqual([
      ['m', 'b', 's'],
      ['help'],
      ['m', 'g'],
      ['m', 'b', 's'],
      ['m', 'b', 's'],
      ['m', 'b', 's'],
    ])
    expect(sent({ rules: rules('read') })).toEqual([['m', 'b', 's'], ['help'], ['m', 'g'], ['m', 'b', 's'], ['m', 'b'], ['m', 'b']])
  })
})
