import { describe, expect, it } from '@jest/globals'
import type { FormDefinition } from '@tessera/platform/definitions/form.js'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { formOf, formShape } from '@tessera/platform/forms/form-schema.js'
import { quickForm, requiredByForm } from '@tessera/platform/forms/quick-form.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { FieldModel, ObjectModel, StatesModel } from '@tessera/platform/model/model.js'
import type { FormCheck } from '@tessera/platform/records/check-form.js'
import type { App } from '../../studio/api/app.js'
import { formRules, typedKey, withRuledDefaults } from '../../studio/forms/form-rules.js'

const isLost = { '==': [{ var: 'stage' }, 'lost'] }
const definitions = [
  {
    object: 'trip',
    plural: 'trips',
    label: 'Trip',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      stage: {
        type: 'select',
        label: { en: 'Stage', 'zh-CN': '阶段' },
        options: [
          { value: 'open' },
          { value: 'won', when: { '>': [{ var: 'amount' }, 0] } },
          { value: 'lost', label: { en: 'Lost', 'zh-CN': '丢单' } },
        ],
        default: 'open',
      },
      amount: { type: 'money', label: { en: 'Amount', 'zh-CN': '金额' } },
      reason: { type: 'text', label: 'Reason', required: true, visibleWhen: isLost },
      budget: {
        type: 'decimal',
        label: 'Budget',
        requiredWhen: { or: [{ '>': [{ var: 'amount' }, 100000] }, { '==': [{ var: 'guide.level' }, 'gold'] }] },
        helpWhen: [{ when: { '<': [{ var: 'budget' }, 0] }, help: 'Less than nothing' }],
        help: 'Plan it',
      },
      greeting: { type: 'text', label: 'Greeting', defaultRule: { cat: ['To ', { var: 'name' }] } },
      code: { type: 'text', label: 'Code', readOnlyWhen: { '!': { isEmpty: [{ var: 'name' }] } } },
      guide: { type: 'lookup', label: 'Guide', to: 'guide', onDelete: 'setNull' },
    },
  },
  { object: 'guide', plural: 'guides', label: 'Guide', fields: { name: { type: 'text' }, level: { type: 'text', label: 'Level' } } },
  {
    object: 'stop',
    plural: 'stops',
    label: 'Stop',
    title: 'place',
    fields: {
      trip: { type: 'masterDetail', label: 'Trip', to: 'trip', inverse: 'stops' },
      place: { type: 'text', label: 'Place', requiredWhen: { '==': [{ var: 'parent.stage' }, 'lost'] } },
      price: { type: 'decimal', label: 'Price', defaultRule: { '*': [{ var: 'parent.budget' }, 2] } },
      note: { type: 'text', label: 'Note', visibleWhen: { '>': [{ var: 'price' }, 10] } },
    },
  },
  {
    form: 'trip',
    label: 'Trip',
    object: 'trip',
    sections: [
      {
        section: 'main',
        label: 'Main',
        fields: ['name', 'stage', { field: 'amount', visibleWhen: { '!=': [{ var: 'name' }, 'free'] } }, 'reason', 'guide'],
      },
      { section: 'plan', label: 'Plan', visibleWhen: { '!': isLost }, fields: ['budget', 'greeting', 'code', 'stops'] },
    ],
  },
]
const { model, issues } = compileModel(definitions.map(elementOf).filter(element => element !== null))
const object = model.objects.trip as ObjectModel
const moment = { member: null, now: '2026-11-22T06:05:00.000Z', today: '2026-11-22', timeZone: 'UTC' }
const check: FormCheck = { model, object, before: null, moment, locale: 'en', currency: 'CNY' }
const t = ((key: string, values: Record<string, string>) => `${key}(${Object.values(values).join(' = ')})`) as never
const shape = formShape(formOf(model, object), object, { isNew: true, mayWrite: field => field.writable })
const stand = (values: Record<string, unknown>, more: Partial<FormCheck> = {}, locale: 'en' | 'zh-CN' = 'en') =>
  formRules({ ...check, ...more }, values, {
    app: { model, locale, currency: 'CNY' } as unknown as App,
    form: formOf(model, object),
    shape,
    onlyRequired: new Set(),
    t,
  })
const keys = (values: Record<string, unknown>) => stand(values).shape.sections.flatMap(section => section.keys)

describe('a form with rules', () => {
  it('is sound', () => expect(issues).toEqual([]))

  it('shows what its rules show: fields, placed fields, sections; a layout never shows what a rule hides', () => {
    expect(keys({ name: 'a', stage: 'open' })).toEqual(['name', 'stage', 'amount', 'guideId', 'budget', 'greeting', 'code', 'stops'])
    expect(keys({ name: 'free', stage: 'lost' })).toEqual(['name', 'stage', 'reason', 'guideId'])
    expect(stand({ stage: 'open' }).isShown('reason')).toBe(false)
  })

  it('tells what is required, read-only, offered, and helps', () => {
    const { states } = stand({ name: 'a', stage: 'lost', amount: '100001' })
    expect([states.get('reason')?.isRequired, states.get('budget')?.isRequired, states.get('code')?.isReadOnly]).toEqual([true, true, true])
    expect(states.get('stage')?.refused).toEqual(new Set())
    expect(stand({ amount: '0' }).states.get('stage')?.refused).toEqual(new Set(['won']))
    expect(states.get('budget')?.help).toBe('Plan it')
    expect(stand({ budget: '-1' }).states.get('budget')?.help).toBe('Less than nothing')
    expect(states.has('name')).toBe(false)
  })

  it('says why, by what its rule looked at and what decided, in the language that is shown', () => {
    expect(stand({ stage: 'lost' }).because('reason')).toBe('form.because(form.reason(Stage = Lost))')
    expect(stand({ stage: 'lost' }, {}, 'zh-CN').because('reason')).toBe('form.because(form.reason(阶段 = 丢单))')
    expect(stand({ amount: '120000' }).because('budget')).toBe('form.because(form.reason(Amount = ¥120,000.00))')
    const related = () => 'gold'
    expect(stand({ amount: '1', guideId: 'g' }, { related }).because('budget')).toBe('form.because(form.reason(Guide › Level = gold))')
    expect(stand({ amount: '1' }).because('budget')).toBe('')
  })

  it('says which fields and lines the state of the record locks, until a transition is chosen that asks for them', () => {
    const { states: _, ...stage } = object.fields.stage as FieldModel
    const states = {
      initial: ['open'],
      since: 'stageSince',
      states: { lost: { editable: new Set(['reason']), limit: null, enter: [], leave: [] } },
      transitions: [{ name: 'reopen', from: ['lost'], to: 'open', form: ['amount'], requires: [] }],
    } as unknown as StatesModel
    const guarded = { ...object, fields: { ...object.fields, stage: { ...stage, states } } }
    const before = { id: '1', version: 1, stage: 'lost' }
    const rules = stand({ name: 'a', stage: 'lost' }, { object: guarded, before })
    expect([rules.lock('name'), rules.lock('reason')]).toEqual(['form.because(form.reason(Stage = Lost))', ''])
    expect(rules.lockNote).toBe('form.locked(form.reason(Stage = Lost))')
    const moving = stand({ name: 'a', stage: 'open' }, { object: guarded, before })
    expect([moving.lock('amount'), moving.lock('stops')]).toEqual(['', 'form.because(form.reason(Stage = Lost))'])
    expect(stand({ name: 'a', stage: 'lost' }, { object: guarded }).lockNote).toBe('')
  })

  it('begins with what rules give, until somebody types into the field', () => {
    const start = { name: 'a', budget: '3' }
    expect(withRuledDefaults(check, start, new Set())).toEqual({ ...start, greeting: 'To a' })
    expect(withRuledDefaults(check, { ...start, greeting: 'x' }, new Set(['greeting']))).toMatchObject({ greeting: 'x' })
    expect(withRuledDefaults({ ...check, before: { id: '1', version: 1 } }, start, new Set())).toEqual(start)
  })

  it('does the same for each of its lines, which see the form around them', () => {
    const stops = [{ place: 'x' }, { price: '5', [typedKey]: { price: true } }, { id: '1', price: '20' }]
    const values = withRuledDefaults(check, { stage: 'lost', budget: '3', greeting: 'x', stops }, new Set(['greeting']))
    expect((values.stops as { price: string }[]).map(({ price }) => price)).toEqual(['6', '5', '20'])
    const rules = stand(values)
    expect([0, 1, 2].map(index => rules.lineStates('stops', index).get('note')?.isVisible)).toEqual([false, false, true])
    expect(rules.lineStates('stops', 0).get('place')?.isRequired).toBe(true)
    expect(rules.because('place', { child: 'stops', index: 0 })).toBe('form.because(form.reason(Trip › Stage = Lost))')
  })
})

describe('quick create', () => {
  const used = {
    form: 'trip',
    label: 'Trip',
    object: 'trip',
    quick: ['name', 'greeting'],
    sections: [
      { section: 'main', fields: ['name', 'stage', { field: 'budget', requiredWhen: { '==': [{ var: 'name' }, 'big'] } }] },
      {
        section: 'words',
        visibleWhen: { '!=': [{ var: 'name' }, 'mute'] },
        fields: [{ field: 'greeting', readOnlyWhen: { '==': [{ var: 'name' }, 'fixed'] } }],
      },
    ],
  } satisfies FormDefinition
  const form = quickForm(used, object, [...used.quick, ...requiredByForm(used)])
  const quick = (values: Record<string, unknown>) =>
    formRules(check, values, {
      app: { model, locale: 'en', currency: 'CNY' } as unknown as App,
      form,
      shape: formShape(form, object, { isNew: true, mayWrite: field => field.writable }),
      onlyRequired: new Set(['budget']),
      t,
    })
  const asked = (name: string) => quick({ name }).shape.sections.flatMap(section => section.keys)

  it('keeps the rules of the form: it hides, locks, and asks for what the form requires only while it does', () => {
    expect(asked('a')).toEqual(['name', 'greeting'])
    expect(asked('mute')).toEqual(['name'])
    expect(asked('big')).toEqual(['name', 'greeting', 'budget'])
    expect(quick({ name: 'big' }).missing.map(({ code, path }) => `${code} ${path}`)).toEqual(['VALUE_REQUIRED budget'])
    expect([quick({ name: 'fixed' }), quick({ name: 'a' })].map(({ states }) => states.get('greeting')?.isReadOnly)).toEqual([true, false])
  })
})
