import { describe, expect, it } from '@jest/globals'
import { narrowDefinitions } from '../../platform/access/narrow-definitions.js'
import { profileOf } from '../../platform/access/profile.js'
import { readDefinitions } from '../../platform/definitions/check.js'
import { compileModel } from '../../platform/model/compile.js'
import { mentionsOf } from '../../platform/model/mentions.js'
import { workSecondsIn } from '../../platform/records/state-time.js'
import { isEditable, mayTake, stateFieldsOf, waysFrom } from '../../platform/records/transitions.js'
import { tables } from '../../platform/tables/tables.js'

const label = { en: 'Status', 'zh-CN': '状态' }
const options = [
  { value: 'open', limit: 'P7D' },
  { value: 'shut', editable: ['note'], enter: { closedOn: { var: 'today' } } },
]
const close = {
  transition: 'close',
  label: 'Close',
  from: '*',
  to: 'shut',
  roles: ['rep'],
  when: { '>': [{ var: 'cost' }, 0] },
  requires: ['note'],
}
const box = (status: object, more: object = {}) => ({
  object: 'box',
  plural: 'boxes',
  label: 'Box',
  fields: {
    name: { type: 'text' },
    note: { type: 'text' },
    cost: { type: 'decimal' },
    closedOn: { type: 'date', readOnly: true },
    keeper: { type: 'user' },
    status: { type: 'select', label, options, ...status },
    ...more,
  },
})
const rep = { role: 'rep', label: 'Rep', grants: { '*': { actions: ['read', 'update'] } } }
const compiled = (...documents: object[]) => {
  const read = readDefinitions([...documents, rep].map((json, index) => ({ source: `put/${index}`, json })))
  const { model, issues } = compileModel(read.elements)
  return { model, elements: read.elements, issues: [...read.issues, ...issues].map(({ code, path }) => `${code} ${path}`) }
}
const machine = {
  states: {
    initial: ['open'],
    transitions: [close, { transition: 'reopen', label: 'Reopen', from: ['shut'], to: 'open', userField: 'keeper' }],
  },
}

describe('states of a select field', () => {
  const { model, issues, elements } = compiled(box(machine))
  const object = model.objects.box
  if (!object) throw new Error('No object')
  const [field] = stateFieldsOf(object)
  if (!field) throw new Error('No states')

  it('begin in the first initial state, and are never empty', () => {
    expect(issues).toEqual([])
    expect(field.definition).toMatchObject({ required: true, default: 'open' })
  })

  it('have a field beside them that says since when, with a column of its own', () => {
    expect(object.fields.statusSince).toMatchObject({
      sinceOf: 'status',
      writable: false,
      label: { en: 'Status since', 'zh-CN': '状态开始时间' },
      columns: [{ key: 'statusSince', name: 'status_since', type: 'timestamptz(3)' }],
    })
    expect(tables(model, { trigram: false })[0]?.columns.map(({ name }) => name)).toContain('status_since')
  })

  it('know the ways out of each, who may take them and what may change', () => {
    expect(waysFrom(field, 'open').map(({ name }) => name)).toEqual(['close'])
    expect(waysFrom(field, 'shut').map(({ name }) => name)).toEqual(['reopen'])
    const [way] = waysFrom(field, 'open')
    const [back] = waysFrom(field, 'shut')
    if (!way || !back) throw new Error('No ways')
    const taker = { member: 'm', roles: ['rep'], isFree: false }
    expect([mayTake(way, taker, {}), mayTake(way, { ...taker, roles: [] }, {})]).toEqual([true, false])
    expect([mayTake(back, taker, { keeperId: 'm' }), mayTake(back, taker, { keeperId: 'n' })]).toEqual([true, false])
    expect(['note', 'name'].map(name => isEditable(field, 'shut', name))).toEqual([true, false])
    expect(isEditable(field, 'open', 'name')).toBe(true)
    expect(field.states.states.open?.limit).toBe(7 * 86_400)
  })

  it('are checked: states, fields, roles, rules and names, all at once', () => {
    const transitions = [
      { transition: 'close', label: 'Close', from: ['opne'], to: 'gone', roles: ['nobody'], requires: ['nothing'], form: ['closedOn'] },
      {
        transition: 'close',
        label: 'Again',
        from: '*',
        to: 'shut',
        when: { var: 'cost' },
        userField: 'note',
        set: { status: 'open', cost: 'x' },
      },
    ]
    const broken = compiled(
      box(
        { states: { initial: ['open'], transitions }, default: 'shut', options: [...options, { value: 'long', limit: 'soon' }] },
        { statusSince: { type: 'date' }, plain: { type: 'select', options: [{ value: 'a', limit: 3 }] } },
      ),
    )
    const at = 'objects/box/fields/status'
    expect(broken.issues.toSorted()).toEqual(
      [
        'NAME_TAKEN objects/box/fields/statusSince',
        `STATE_DEFAULT ${at}/default`,
        `STATE_LIMIT ${at}/options/2/limit`,
        `STATE_UNKNOWN ${at}/states/transitions/0/from/0`,
        `STATE_UNKNOWN ${at}/states/transitions/0/to`,
        `ELEMENT_UNKNOWN ${at}/states/transitions/0/roles/0`,
        `FIELD_UNKNOWN ${at}/states/transitions/0/requires/0`,
        `STATE_FIELD_FIXED ${at}/states/transitions/0/form/0`,
        `ELEMENT_DOUBLE ${at}/states/transitions/1`,
        `RULE_TYPE_MISMATCH ${at}/states/transitions/1/when`,
        `PROPERTY_UNFIT ${at}/states/transitions/1/userField`,
        `STATE_FIELD_FIXED ${at}/states/transitions/1/set/status`,
        `RULE_TYPE_MISMATCH ${at}/states/transitions/1/set/cost`,
        'STATE_NOT_ONE objects/box/fields/plain/options/0/limit',
      ].toSorted(),
    )
  })

  it('change by themselves only where that comes to an end and asks nobody', () => {
    const at = 'objects/box/fields/status/states/transitions'
    const ways = (...transitions: object[]) =>
      compiled(
        box({
          states: { initial: ['open'], transitions: transitions.map((one, index) => ({ transition: `t${index}`, label: 'T', ...one })) },
        }),
      ).issues
    const dear = { '>': [{ var: 'cost' }, 5] }
    expect(ways({ from: ['open'], to: 'shut', automatic: 30 }, { from: ['shut'], to: 'open', automatic: 'PT4H', when: dear })).toEqual([])
    expect(
      ways(
        { from: ['open'], to: 'shut', automatic: true },
        { from: ['open'], to: 'shut', automatic: 'a week' },
        { from: ['open'], to: 'shut', automatic: 2, comment: 'required' },
        { from: ['open'], to: 'shut', automatic: 2, when: { '!=': [{ var: 'before.cost' }, { var: 'cost' }] } },
      ),
    ).toEqual([
      `AUTOMATIC_ALWAYS ${at}/0/automatic`,
      `STATE_LIMIT ${at}/1/automatic`,
      `AUTOMATIC_COMMENT ${at}/2/comment`,
      expect.stringMatching(/^RULE_\w+ .*3\/when/),
    ])
    expect(
      ways({ from: ['open'], to: 'shut', automatic: true, when: dear }, { from: '*', to: 'open', automatic: true, when: dear }),
    ).toEqual([`AUTOMATIC_CIRCLE ${at}/0/automatic`, `AUTOMATIC_CIRCLE ${at}/1/automatic`])
  })

  it('are told without the rules and fields that somebody may not see', () => {
    const profile = profileOf(['rep'], { ...model, roles: { rep: { ...model.roles.rep, grants: { box: grant }, restrict: {} } as never } })
    const narrowed = narrowDefinitions(elements, profile, ['rep'])[0] as { fields: { status: { states: { transitions: object[] } } } }
    expect(narrowed.fields.status.states.transitions[0]).toEqual({
      transition: 'close',
      label: 'Close',
      from: '*',
      to: 'shut',
      roles: ['rep'],
      requires: [],
    })
  })

  it('mention the fields that they name, and no others', () => {
    const fields = ['note', 'closedOn', 'cost', 'keeper', 'name'].map(name => object.fields[name]).filter(one => one !== undefined)
    const mentions = fields.map(one =>
      mentionsOf([one], model).flatMap(({ at }) => at.map(path => path.replace('objects/box/fields/status/', ''))),
    )
    expect(mentions).toEqual([
      ['options/1/editable/0', 'states/transitions/0/requires/0'],
      ['options/1/enter/closedOn'],
      ['states/transitions/0/when/>/0/var'],
      ['states/transitions/1/userField'],
      [],
    ])
  })
})

const grant = { actions: new Set(['read']), records: null, recordsFor: {}, fields: { cost: 'hidden', note: 'hidden' } } as const

describe('the seconds on workdays', () => {
  it.each([
    // a Friday noon to a Monday noon in Shanghai: half a day, and half a day
    ['2026-11-06T04:00:00.000Z', '2026-11-09T04:00:00.000Z', 86_400],
    ['2026-11-07T04:00:00.000Z', '2026-11-08T04:00:00.000Z', 0],
    ['2026-11-02T04:00:00.000Z', '2026-11-02T05:00:00.000Z', 3600],
    ['2026-11-02T04:00:00.000Z', '2026-11-16T04:00:00.000Z', 10 * 86_400],
    ['2026-11-02T04:00:00.000Z', '2026-11-01T04:00:00.000Z', 0],
  ])('from %s to %s', (from, to, seconds) => expect(workSecondsIn(from, to, 'Asia/Shanghai')).toBe(seconds))
})
