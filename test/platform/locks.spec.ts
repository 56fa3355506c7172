import { describe, expect, it } from '@jest/globals'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { lockOf, namesForEditing, openField } from '@tessera/platform/records/locks.js'

const { model, issues } = compileModel(
  [
    {
      object: 'trip',
      plural: 'trips',
      label: 'Trip',
      title: 'name',
      fields: {
        name: { type: 'text', label: 'Name' },
        stage: {
          type: 'select',
          label: 'Stage',
          options: [{ value: 'open' }, { value: 'done', editable: ['note', 'guide'] }],
          states: {
            initial: ['open'],
            transitions: [
              { transition: 'finish', label: 'Finish', from: ['open'], to: 'done' },
              { transition: 'reopen', label: 'Reopen', from: ['done'], to: 'open', form: ['budget'] },
            ],
          },
        },
        note: { type: 'text', label: 'Note' },
        budget: { type: 'decimal', label: 'Budget', readOnlyWhen: { '!': { isEmpty: [{ var: 'code' }] } } },
        code: { type: 'text', label: 'Code', readOnlyWhen: { '==': [{ var: 'guide.level' }, 'gold'] } },
        kind: { type: 'select', label: 'Kind', options: [{ value: 'short' }, { value: 'long', when: { '>': [{ var: 'budget' }, 10] } }] },
        country: { type: 'select', label: 'Country', options: [{ value: 'fr' }] },
        city: { type: 'select', label: 'City', dependsOn: 'country', options: [{ value: 'paris', of: ['fr'] }] },
        agency: { type: 'lookup', label: 'Agency', to: 'agency', onDelete: 'setNull' },
        guide: {
          type: 'lookup',
          label: 'Guide',
          to: 'guide',
          onDelete: 'setNull',
          candidates: { '==': [{ var: 'agency' }, { var: 'parent.agency' }] },
        },
      },
    },
    { object: 'agency', plural: 'agencies', label: 'Agency', fields: { name: { type: 'text' } } },
    {
      object: 'guide',
      plural: 'guides',
      label: 'Guide',
      fields: { name: { type: 'text' }, level: { type: 'text' }, agency: { type: 'lookup', to: 'agency', onDelete: 'setNull' } },
    },
    {
      object: 'stop',
      plural: 'stops',
      label: 'Stop',
      fields: { trip: { type: 'masterDetail', label: 'Trip', to: 'trip', inverse: 'stops' }, place: { type: 'text' } },
    },
  ]
    .map(elementOf)
    .filter(element => element !== null),
)
const object = model.objects.trip as ObjectModel
const moment = { member: null, now: '2026-11-22T06:05:00.000Z', today: '2026-11-22', timeZone: 'UTC' }
const open = (name: string, record: Record<string, unknown>) => openField(object.fields[name] as FieldModel, object, record, moment)
const options = (field: FieldModel | null) => field?.definition.options?.filter(option => !option.inactive).map(({ value }) => value)

describe('what of a record may change', () => {
  it('is sound', () => expect(issues).toEqual([]))

  it('is kept by its state, but for what the state leaves open; nothing of a new record is', () => {
    expect(lockOf(object, { stage: 'done' }, 'name')).toMatchObject({ by: { name: 'stage' }, state: 'done' })
    expect(lockOf(object, { stage: 'done' }, 'stops')?.state).toBe('done')
    expect(['note', 'stage', 'stageSince'].map(name => lockOf(object, { stage: 'done' }, name))).toEqual([null, null, null])
    expect([lockOf(object, { stage: 'open' }, 'name'), lockOf(object, null, 'name')]).toEqual([null, null])
  })

  it('is opened by a transition that asks for it', () => {
    expect(lockOf(object, { stage: 'done' }, 'budget', { stage: 'open' })).toBeNull()
    expect(lockOf(object, { stage: 'done' }, 'name', { stage: 'open' })?.state).toBe('done')
  })

  it('is edited by itself only where neither its state nor a rule keeps it', () => {
    expect(open('name', { stage: 'done' })).toBeNull()
    expect(open('budget', { stage: 'open', code: 'x' })).toBeNull()
    expect(open('budget', { stage: 'open', code: null })?.name).toBe('budget')
  })

  it('leaves rules that look beyond the record to the server', () =>
    expect(open('code', { stage: 'open', guideId: 'g' })?.name).toBe('code'))

  it('offers the options that its rules offer', () => {
    expect(options(open('kind', { stage: 'open', budget: '5' }))).toEqual(['short'])
    expect(options(open('kind', { stage: 'open', budget: '20' }))).toEqual(['short', 'long'])
  })

  it('needs states, what rules read, and choices that hang together to be known', () => {
    expect(namesForEditing(object, ['name'], model)).toEqual(['stage'])
    expect(namesForEditing(object, ['kind'], model)).toEqual(['stage', 'budget'])
    expect(namesForEditing(object, ['country'], model)).toEqual(['stage', 'city'])
    expect(namesForEditing(object, ['guide', 'stage'], model)).toEqual(['agency'])
  })
})
