import { describe, expect, it } from '@jest/globals'
import { belowNames, type Group, placed } from '../../studio/api/groups.js'

const group = (name: string, above: string | null, kind = 'position'): Group => ({ id: name, kind, name, label: name, above, members: [] })

describe('groups as they stand', () => {
  const groups = [group('rep', 'lead'), group('head', null), group('lead', 'head'), group('north', null, 'territory')]

  it('come behind the one above them, with how deep they stand', () =>
    expect(placed(groups, 'position').map(({ group: { name }, depth }) => [name, depth])).toEqual([
      ['head', 0],
      ['lead', 1],
      ['rep', 2],
    ]))

  it('are all shown once, also in a circle and below one that is gone', () => {
    const odd = [group('a', 'b'), group('b', 'a'), group('c', 'gone')]
    expect(
      placed(odd, 'position')
        .map(({ group: { name } }) => name)
        .sort(),
    ).toEqual(['a', 'b', 'c'])
  })

  it('cannot stand below themselves or what is below them', () =>
    expect([...belowNames(groups, { kind: 'position', name: 'lead' })].sort()).toEqual(['lead', 'rep']))
})
