import { describe, expect, it } from '@jest/globals'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { indexProposals } from '@tessera/platform/tables/index-proposals.js'
import type { AskedShape } from '@tessera/platform/tables/list-shape.js'

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
const proposed = (definitions: readonly object[], indexes: readonly object[] = [], asked: readonly AskedShape[] = []) => {
  const documents = [{ ...deal, ...(indexes.length > 0 ? { indexes } : {}) }, ...definitions]
  const { model, issues } = compileModel(documents.flatMap(document => elementOf(document) ?? []))
  expect(issues).toEqual([])
  if (!model) throw new Error('No model')
  return indexProposals(model, asked).map(({ definition, reasons }) => [
    definition.fields.map(({ field, direction }) => (direction ? `${field} ${direction}` : field)).join(', '),
    reasons.map(reason => (reason.kind === 'asked' ? `asked ${reason.count}` : `${reason.kind} ${reason.name}`)).join(', '),
    definition.index,
    ...(definition.where === undefined ? [] : [definition.where]),
  ])
}
const asked = (count: number, filters: AskedShape['filters'], order: AskedShape['order'] = []) => ({
  object: 'deal',
  count,
  filters,
  order,
})

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

  it('of a part only are for views that take it by constants which no order of values finds', () => {
    const hot = { '==': [{ var: 'isHot' }, true] }
    const running = { and: [{ '!=': [{ var: 'stage' }, 'won'] }, { '!': [{ var: 'isHot' }] }] }
    const definitions = [view('hot', { where: hot }), view('running', { where: running })]
    expect(proposed(definitions)).toEqual([
      ['day asc', 'view hot', 'byDay', hot],
      ['day asc', 'view running', 'byDay2', running],
    ])
    const there = [{ index: 'hottest', fields: [{ field: 'day', direction: 'asc' }], where: hot }]
    expect(proposed(definitions, there)).toEqual([['day asc', 'view running', 'byDay', running]])
    const ofToday = view('today', { where: { and: [hot, { '>': [{ var: 'day' }, { var: 'today' }] }] } })
    const beyond = view('beyond', { where: { '!=': [{ var: 'above.name' }, 'x'] } })
    expect(proposed([ofToday, beyond])).toEqual([])
  })
})

describe('indexes that requests would use', () => {
  const stageByName = asked(1240, [['stage', 'eq']], [['name', 'desc']])

  it('come first where they were asked for most, and join what views and roles ask for', () => {
    const board = view('board', { kind: 'board', groupBy: 'stage' })
    expect(proposed([board], [], [asked(40, [['stage', 'eq']], [['day', 'asc']]), stageByName])).toEqual([
      ['stage, name desc', 'asked 1240', 'byStageAndName'],
      ['stage, day asc', 'view board, asked 40', 'byStageAndDay'],
    ])
  })

  it('take a part of a field behind what is equal, where no order is asked for', () => {
    const since = (field: string) =>
      asked(20, [
        [field, 'gte'],
        ['stage', 'eq'],
      ])
    expect(proposed([], [], [since('name')])).toEqual([['stage, name', 'asked 20', 'byStageAndName']])
    // what is found by the index of `day` is looked through for the stage
    expect(proposed([], [], [since('day')])).toEqual([])
  })

  it('are none for what an index serves already, in whichever order its equal fields stand', () => {
    const both = asked(
      90,
      [
        ['owner', 'eq'],
        ['stage', 'eq'],
      ],
      [['name', 'desc']],
    )
    const there = [{ index: 'both', fields: [{ field: 'stage' }, { field: 'owner' }, { field: 'name', direction: 'desc' }] }]
    expect(proposed([], [], [both])).toEqual([['owner, stage, name desc', 'asked 90', 'byOwnerAndStageAndName']])
    expect(proposed([], there, [both])).toEqual([])
    expect(proposed([], [], [asked(90, [['id', 'eq']]), asked(90, [], [['createdAt', 'desc']]), asked(90, [['owner', 'eq']])])).toEqual([])
  })

  it('are none for what is seldom asked, for objects that are gone, and few for one object', () => {
    expect(
      proposed(
        [],
        [],
        [
          { ...stageByName, count: 9 },
          { ...stageByName, object: 'gone' },
        ],
      ),
    ).toEqual([])
    const fields = ['name', 'stage', 'owner', 'createdBy', 'updatedBy', 'above']
    const many = fields.map((field, at) => asked(100 - at, [[field, 'eq']], [['day', 'desc']]))
    expect(proposed([], [], many).map(([of]) => of)).toEqual(fields.slice(0, 5).map(field => `${field}, day desc`))
  })
})
