import { describe, expect, it } from '@jest/globals'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { indexProposals } from '@tessera/platform/tables/index-proposals.js'

const deal = {
  object: 'deal',
  plural: 'deals',
  label: 'Deal',
  title: 'name',
  sort: [{ field: 'day', direction: 'asc' }],
  fields: {
    name: { type: 'text', label: 'Name' },
    stage: { type: 'select', label: 'Stage', options: [{ value: 'open' }, { value: 'won' }] },
    isHot: { type: 'boolean', label: 'Hot' },
    day: { type: 'date', label: 'Day' },
    above: { type: 'hierarchy', label: 'Above', inverse: 'below' },
  },
}
const view = (name: string, more: object) => ({ view: name, label: name, object: 'deal', kind: 'list', columns: ['name'], ...more })
const mine = { '==': [{ var: 'record.owner' }, { var: 'user.id' }] }
const open = { '==': ['open', { var: 'stage' }] }
const proposed = (definitions: readonly object[], indexes: readonly object[] = []) => {
  const documents = [{ ...deal, ...(indexes.length > 0 ? { indexes } : {}) }, ...definitions]
  const { model, issues } = compileModel(documents.flatMap(document => elementOf(document) ?? []))
  expect(issues).toEqual([])
  if (!model) throw new Error('No model')
  return indexProposals(model).map(({ definition, reasons }) => [
    definition.fields.map(({ field, direction }) => (direction ? `${field} ${direction}` : field)).join(', '),
    reasons.map(({ kind, name }) => `${kind} ${name}`).join(', '),
    definition.index,
  ])
}

describe('indexes that views and roles would use', () => {
  it('put what is equal first and the order behind it, and name all that would use them', () => {
    const board = view('board', { kind: 'board', groupBy: 'stage' })
    const hot = view('hot', { where: { and: [open, { '==': [{ var: 'isHot' }, true] }, { '>': [{ var: 'day' }, '2026-01-01'] }] } })
    const role = { role: 'rep', label: 'Rep', grants: { deal: { actions: ['read'], records: mine } } }
    const own = view('own', { where: mine, sort: [{ field: 'name', direction: 'desc' }] })
    expect(proposed([board, hot, role, own])).toEqual([
      ['stage, day asc', 'view board, view hot', 'byStageAndDay'],
      ['owner, name desc', 'view own', 'byOwnerAndName'],
      ['owner, day asc', 'role rep', 'byOwnerAndDay'],
    ])
  })

  it('leave out what is there, what stands beyond a relation, and what is one of several', () => {
    const there = [
      { index: 'staged', fields: [{ field: 'stage' }, { field: 'day', direction: 'asc' }, { field: 'name', direction: 'asc' }] },
    ]
    const plain = view('plain', {})
    const beyond = view('beyond', { where: { '==': [{ var: 'above.name' }, 'x'] } })
    const either = view('either', { where: { or: [open, mine] } })
    expect(proposed([plain, beyond, either, view('open', { where: open })], there)).toEqual([])
    expect(proposed([view('last', { sort: [{ field: 'day', direction: 'desc' }] })], there)).toEqual([['day desc', 'view last', 'byDay']])
  })
})
