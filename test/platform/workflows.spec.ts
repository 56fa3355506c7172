import { describe, expect, it } from '@jest/globals'
import type { Element } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { advance } from '@tessera/platform/workflows/advance.js'
import type { RecordEvent } from '@tessera/platform/workflows/event.js'
import { match } from '@tessera/platform/workflows/match.js'
import { workflowPaths } from '@tessera/platform/workflows/paths.js'

const deal = {
  object: 'deal',
  plural: 'deals',
  label: 'Deal',
  title: 'name',
  fields: {
    name: { type: 'text', label: 'Name' },
    stage: { type: 'select', label: 'Stage', options: [{ value: 'open' }, { value: 'won' }, { value: 'lost' }] },
    amount: { type: 'money', label: 'Amount' },
    party: { type: 'lookup', label: 'Party', to: 'party', inverse: 'deals' },
  },
}
const party = { object: 'party', plural: 'parties', label: 'Party', title: 'name', fields: { name: { type: 'text', label: 'Name' } } }
const task = {
  object: 'task',
  plural: 'tasks',
  label: 'Task',
  title: 'subject',
  fields: {
    subject: { type: 'text', label: 'Subject' },
    due: { type: 'date', label: 'Due' },
    deal: { type: 'lookup', label: 'Deal', to: 'deal', inverse: 'tasks' },
    about: { type: 'polymorphic', label: 'About', to: ['deal', 'party'] },
  },
}
const followUp = {
  workflow: 'followUp',
  label: 'Follow up',
  on: { object: 'deal', event: 'updated', fields: ['stage'] },
  when: { and: [{ '==': [{ var: 'record.stage' }, 'won'] }, { '!=': [{ var: 'before.stage' }, 'won'] }] },
  steps: [
    {
      do: 'create',
      object: 'task',
      values: {
        subject: { cat: ['Thank ', { var: 'record.party.name' }] },
        due: { addDays: [{ var: 'today' }, 3] },
        deal: { var: 'record.id' },
        owner: { var: 'record.owner' },
      },
    },
    { do: 'create', object: 'task', values: { subject: 'Invoice', deal: { var: 'record.id' } } },
  ],
}

const modelOf = (...workflows: readonly object[]) => {
  const objects = [deal, party, task].map(definition => ({ kind: 'object', name: definition.object, definition }))
  const elements = [
    ...objects,
    ...workflows.map(definition => ({ kind: 'workflow', name: (definition as { workflow: string }).workflow, definition })),
  ] as unknown as Element[]
  const { model, issues } = compileModel(elements)
  expect(issues).toEqual([])
  return model
}

const id = '0190a000-0000-7000-8000-00000000000'
const event = (changes: Partial<RecordEvent> = {}): RecordEvent => ({
  id: `${id}1`,
  object: 'deal',
  record: `${id}2`,
  version: 2,
  event: 'updated',
  fields: ['stage'],
  at: '2026-03-31T23:30:00.000Z',
  channel: 'api',
  cause: [],
  before: { stage: 'open', name: 'Big' },
  after: { stage: 'won', name: 'Big', ownerId: `${id}3` },
  ...changes,
})
const place = {
  moment: { member: null, now: '2026-03-31T23:30:00.000Z', today: '2026-04-01', timeZone: 'Asia/Shanghai' },
  related: () => 'Acme',
}
const started = (of: RecordEvent, model = modelOf(followUp)) => match(of, model, place).start.map(({ workflow }) => workflow)

describe('which workflows an event starts', () => {
  it('is those of its object and deed, with a watched field changed and the condition met by what was and what is', () => {
    expect(started(event())).toEqual(['followUp'])
    expect(started(event({ event: 'created' }))).toEqual([])
    expect(started(event({ object: 'party' }))).toEqual([])
    expect(started(event({ fields: ['amount'] }))).toEqual([])
    expect(started(event({ before: { stage: 'won' } }))).toEqual([])
    expect(started(event({ after: { stage: 'lost' } }))).toEqual([])
    expect(started(event(), modelOf({ ...followUp, inactive: true }))).toEqual([])
  })

  it('does not ask by which way the record came, but for seeds: they bring along what would follow', () => {
    for (const channel of ['app', 'api', 'import', 'workflow'] as const) expect(started(event({ channel }))).toEqual(['followUp'])
    expect(match(event({ channel: 'seed' }), modelOf(followUp), place)).toEqual({ start: [], stopped: [] })
  })

  it('carries the chain on, with the values that were watched', () => {
    expect(match(event(), modelOf(followUp), place).start).toEqual([
      { workflow: 'followUp', cause: [{ event: `${id}1`, workflow: 'followUp', record: `${id}2`, values: { stage: 'won' } }] },
    ])
  })

  it('ends a chain of sixteen', () => {
    const cause = Array.from({ length: 16 }, (_, index) => ({ event: `${index}`, workflow: 'other', record: 'x', values: {} }))
    expect(match(event({ cause }), modelOf(followUp), place)).toEqual({
      start: [],
      stopped: [{ workflow: 'followUp', reason: 'chainTooLong' }],
    })
    expect(started(event({ cause: cause.slice(1) }))).toEqual(['followUp'])
  })

  it('runs the same workflow for the same record again in a chain only with a new value of what it watches', () => {
    const ran = (stage: string, record = `${id}2`) => [{ event: 'e', workflow: 'followUp', record, values: { stage } }]
    expect(match(event({ cause: ran('won') }), modelOf(followUp), place)).toEqual({
      start: [],
      stopped: [{ workflow: 'followUp', reason: 'alreadyRan' }],
    })
    expect(started(event({ cause: ran('lost') }))).toEqual(['followUp'])
    expect(started(event({ cause: ran('won', `${id}9`) }))).toEqual(['followUp'])
    expect(started(event({ cause: ran('lost') }), modelOf({ ...followUp, on: { object: 'deal', event: 'updated' } }))).toEqual([])
  })
})

describe('taking a run a step on', () => {
  const run = { workflow: 'followUp', state: 'waiting', step: 0 } as const

  it('names a record of one of several objects with its object, and asks for it', () => {
    const about = (values: object) => ({ ...followUp, steps: [{ do: 'create', object: 'task', values }] })
    const made = (values: object) => advance(run, event(), modelOf(about(values)), place).effects.map(({ values: found }) => found)
    expect(made({ about: { var: 'record.id' }, aboutType: 'deal' })).toEqual([{ about: { deal: { id: `${id}2` } } }])
    expect(made({ about: null, aboutType: 'deal' })).toEqual([{ about: null }])
    const elements = [deal, party, task].map(definition => ({ kind: 'object', name: definition.object, definition }))
    const wrong = { kind: 'workflow', name: 'followUp', definition: about({ about: { var: 'record.id' } }) }
    const { issues } = compileModel([...elements, wrong] as unknown as Element[])
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual(['PROPERTY_MISSING workflows/followUp/steps/0/values'])
  })

  it('gives the effects of the step with values under their keys, and where the run stands then', () => {
    expect(advance(run, event(), modelOf(followUp), place)).toEqual({
      run: { workflow: 'followUp', state: 'waiting', step: 1 },
      effects: [
        { effect: 'create', object: 'task', values: { subject: 'Thank Acme', due: '2026-04-04', dealId: `${id}2`, ownerId: `${id}3` } },
      ],
    })
  })

  it('is done after the last step', () => {
    const { run: next, effects } = advance({ ...run, step: 1 }, event(), modelOf(followUp), place)
    expect(next).toEqual({ workflow: 'followUp', state: 'done', step: 2 })
    expect(effects).toEqual([{ effect: 'create', object: 'task', values: { subject: 'Invoice', dealId: `${id}2` } }])
    expect(advance(next, event(), modelOf(followUp), place)).toEqual({ run: next, effects: [] })
  })

  it('stops when the workflow is gone or switched off', () => {
    expect(advance(run, event(), modelOf(), place).run.state).toBe('stopped')
    expect(advance(run, event(), modelOf({ ...followUp, inactive: true }), place)).toEqual({
      run: { ...run, state: 'stopped' },
      effects: [],
    })
  })

  it('says beforehand which values along lookups it reads', () => {
    const model = modelOf(followUp)
    expect(model.objects.deal && workflowPaths(model.objects.deal, model)).toEqual([['party', 'name']])
    expect(model.objects.party && workflowPaths(model.objects.party, model)).toEqual([])
  })
})
