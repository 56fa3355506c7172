import { describe, expect, it } from '@jest/globals'
import { type Element, elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '../../platform/model/compile.js'
import { checkForm, judgedForm } from '../../platform/records/check-form.js'
import { fieldStates } from '../../platform/records/field-states.js'
import { areLinksOpen } from '../../platform/records/locks.js'

const compiled = (links: object) =>
  compileModel(
    [
      { object: 'guest', plural: 'guests', label: 'Guest', fields: { name: { type: 'text', label: 'Name' } } },
      {
        object: 'party',
        plural: 'parties',
        label: 'Party',
        fields: { size: { type: 'integer', label: 'Size' }, guests: { type: 'manyToMany', label: 'Guests', to: 'guest', ...links } },
      },
    ]
      .map(elementOf)
      .filter((element): element is Element => element !== null),
  )
const over = (size: number) => ({ '>': [{ var: 'size' }, size] })
const moment = { now: '2026-01-01T00:00:00.000Z', today: '2026-01-01', timeZone: 'UTC', member: null }

describe('rules of links in a form', () => {
  const { model, issues } = compiled({
    help: 'Who comes',
    visibleWhen: over(1),
    requiredWhen: over(10),
    readOnlyWhen: over(100),
    helpWhen: [{ when: over(50), help: 'Many come' }],
  })
  const object = model.objects.party
  if (!object) throw new Error('no object')
  const check = { model, object, before: null, moment, locale: 'en' } as const
  const stateOf = (size: number) => fieldStates(judgedForm(check, { size }, { size, guests: [] })).get('guests')

  it('say how the links stand, under their name', () => {
    expect(issues).toEqual([])
    expect(stateOf(1)).toMatchObject({ isVisible: false, isRequired: false, isReadOnly: false })
    expect(stateOf(2)).toMatchObject({ isVisible: true, isRequired: false, isReadOnly: false, help: 'Who comes' })
    expect(stateOf(101)).toMatchObject({ isVisible: true, isRequired: true, isReadOnly: true, help: 'Many come' })
  })

  it('keep the links of a record from being changed by themselves, too', () => {
    const open = (size: number | null) => areLinksOpen(object, { size }, 'guests', moment)
    expect([open(null), open(100), open(101)]).toEqual([true, true, false])
  })

  it('ask for a link where the form has none, and leave alone what the form does not show', () => {
    const problems = (values: object) => checkForm(check, { ...values }).map(({ code, path }) => `${code} ${path}`)
    expect(problems({ size: 11, guests: [] })).toEqual(['VALUE_REQUIRED guests'])
    expect(problems({ size: 11, guests: [{ guestId: 'a' }] })).toEqual([])
    expect(problems({ size: 10, guests: [] })).toEqual([])
    expect(problems({ size: 11 })).toEqual([])
  })

  it('are checked when they are published, and so is what says nothing of links', () => {
    const codes = (links: object) => compiled(links).issues.map(({ code, path }) => `${code} ${path}`)
    const at = 'objects/party/fields/guests'
    expect(codes({ requiredWhen: { var: 'nothing' } })).toEqual([`RULE_FIELD_UNKNOWN ${at}/requiredWhen/var`])
    expect(codes({ visibleWhen: { var: 'size' } })).toEqual([`RULE_TYPE_MISMATCH ${at}/visibleWhen`])
    for (const [property, value] of Object.entries({ readOnly: true, setOnce: true, defaultRule: 1, index: true, search: 1 }))
      expect(codes({ [property]: value })).toEqual([`PROPERTY_UNFIT ${at}/${property}`])
  })
})
