import { describe, expect, it } from '@jest/globals'
import { narrowForm } from '@tessera/platform/access/narrow-form.js'
import type { FormDefinition } from '@tessera/platform/definitions/form.js'
import { type Element, elementOf } from '@tessera/platform/definitions/index.js'
import { formOf, formShape, formsOf, placeable, usualForm } from '@tessera/platform/forms/form-schema.js'
import { quickForm, requiredByForm } from '@tessera/platform/forms/quick-form.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { FieldModel } from '@tessera/platform/model/model.js'
import type { Judged } from '@tessera/platform/records/check.js'
import { fieldStates } from '@tessera/platform/records/field-states.js'
import { formReads } from '@tessera/platform/records/form-reads.js'
import { formFor, missingByLayout, withLayout } from '@tessera/platform/records/layout-rules.js'

const isWon = { '==': [{ var: 'stage' }, 'won'] }
const objects = [
  {
    object: 'deal',
    plural: 'deals',
    label: 'Deal',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name', required: true },
      party: { type: 'lookup', label: 'Party', to: 'party' },
      stage: { type: 'select', label: 'Stage', options: [{ value: 'open' }, { value: 'won' }] },
      amount: { type: 'decimal', label: 'Amount', help: 'In all', readOnlyWhen: isWon },
      notes: { type: 'longText', label: 'Notes' },
      secret: { type: 'text', label: 'Secret', hidden: true },
    },
  },
  { object: 'party', plural: 'parties', label: 'Party', title: 'name', fields: { name: { type: 'text', label: 'Name' } } },
  {
    object: 'line',
    plural: 'dealLines',
    label: 'Line',
    fields: { deal: { type: 'masterDetail', to: 'deal', inverse: 'lines' }, what: { type: 'text', label: 'What' } },
  },
  { role: 'boss', label: 'Boss', grants: { deal: { actions: ['read', 'create', 'update'] } } },
]
const form = {
  form: 'deal',
  label: 'Deal',
  object: 'deal',
  tabs: [
    { tab: 'first', label: 'First' },
    { tab: 'second', label: 'Second' },
  ],
  sections: [
    { section: 'head', label: 'Head', fields: ['name', 'stage'] },
    {
      section: 'money',
      label: 'Money',
      tab: 'first',
      collapsed: true,
      fields: [{ field: 'amount', label: 'Worth', help: 'Roughly', requiredWhen: isWon }],
    },
    { section: 'hint', help: 'Think twice.', tab: 'second', fields: [] },
    {
      section: 'rest',
      label: 'Rest',
      tab: 'second',
      fields: [
        { field: 'notes', readOnlyWhen: isWon },
        { field: 'lines', requiredWhen: isWon },
      ],
    },
  ],
}
const compiled = (...more: object[]) =>
  compileModel([...objects, ...more].map(elementOf).filter((element): element is Element => element !== null))
const codes = (...more: object[]) => compiled(...more).issues.map(({ code, path }) => `${code} ${path}`)
const { model, issues } = compiled(form)
const deal = model.objects.deal
if (!deal) throw new Error('no object')
const moment = { now: '2026-01-01T00:00:00.000Z', today: '2026-01-01', timeZone: 'UTC', member: null }
const judged = (after: Record<string, unknown>): Judged => ({ object: deal, before: null, after, moment, related: () => null })
const purpose = { isNew: false, mayWrite: (field: FieldModel) => field.writable }
const own = formOf(model, deal)

describe('a form with tabs', () => {
  it('is sound, and says of each section where it stands, whether it begins folded, and what is written below its title', () => {
    expect(issues).toEqual([])
    const shape = formShape(own, deal, purpose)
    expect(shape.tabs).toEqual([
      { name: 'first', label: 'First' },
      { name: 'second', label: 'Second' },
    ])
    expect(shape.sections).toEqual([
      { name: 'head', label: 'Head', columns: 2, keys: ['name', 'stage'] },
      { name: 'money', label: 'Money', tab: 'first', isFolded: true, columns: 2, keys: ['amount'] },
      { name: 'hint', label: undefined, help: 'Think twice.', tab: 'second', columns: 2, keys: [] },
      { name: 'rest', label: 'Rest', tab: 'second', columns: 2, keys: ['notes', 'lines'] },
    ])
    expect(shape.texts).toEqual(new Map([['amount', { label: 'Worth', help: 'Roughly' }]]))
  })

  it('names tabs once, and only those that are there', () => {
    const wrong = {
      ...form,
      tabs: [...form.tabs, { tab: 'first', label: 'Again' }],
      sections: [{ section: 'a', tab: 'frist', fields: ['name'] }],
    }
    expect(codes(wrong)).toEqual(['ELEMENT_DOUBLE forms/deal/tabs/2/tab', 'ELEMENT_UNKNOWN forms/deal/sections/0/tab'])
  })
})

describe('the rules of a form over what it places', () => {
  const states = (values: Record<string, unknown>) => withLayout(fieldStates(judged(values)), own, judged(values), model)
  const stand = (values: Record<string, unknown>, key: string) => {
    const { isRequired, isReadOnly } = states(values).get(key) ?? {}
    return { isRequired, isReadOnly }
  }

  it('require and lock where they hold, beside what the fields ask for themselves', () => {
    expect(stand({ stage: 'open' }, 'amount')).toEqual({ isRequired: false, isReadOnly: false })
    expect(stand({ stage: 'won' }, 'amount')).toEqual({ isRequired: true, isReadOnly: true })
    expect(stand({ stage: 'won' }, 'notes')).toEqual({ isRequired: false, isReadOnly: true })
    expect(states({ stage: 'won' }).get('notes')?.because).not.toBeNull()
    expect(states({ stage: 'won' }).has('name')).toBe(false)
  })

  it('tell what is missing under the label that the form gives it; an empty list is missing too', () => {
    const missing = (values: Record<string, unknown>) =>
      missingByLayout(own, judged(values), model).map(({ path, message }) => `${path}: ${message}`)
    expect(missing({ stage: 'open' })).toEqual([])
    expect(missing({ stage: 'won', amount: '1', lines: [{}] })).toEqual([])
    expect(missing({ stage: 'won', lines: [] })).toEqual(['amount: Worth is required.', 'lines: Line is required.'])
  })

  it('are checked against the model like all rules, and read what they name', () => {
    const unknown = { '==': [{ var: 'colour' }, 'red'] }
    const wrong = {
      ...form,
      tabs: undefined,
      sections: [{ section: 'a', fields: [{ field: 'name', requiredWhen: unknown, readOnlyWhen: unknown }] }],
    }
    expect(codes(wrong)).toEqual(
      ['requiredWhen', 'readOnlyWhen'].map(rule => `RULE_FIELD_UNKNOWN forms/deal/sections/0/fields/0/${rule}/==/0/var`),
    )
    expect(formReads(deal, own, model)).toContainEqual(['stage'])
  })
})

describe('quick create by a form', () => {
  const isOpen = { '==': [{ var: 'stage' }, 'open'] }
  const ruled = {
    ...form,
    quick: ['stage', 'name'],
    sections: [
      { section: 'head', fields: ['name', 'stage'] },
      {
        section: 'money',
        visibleWhen: isWon,
        fields: [{ field: 'amount', label: 'Worth', width: 'full', visibleWhen: isOpen, requiredWhen: isWon }, 'notes'],
      },
    ],
  } as FormDefinition

  it('asks in its own order, with the texts and rules that the form gives to what it places; a section gives its rule to its fields', () => {
    expect(quickForm(ruled, deal, ['name', 'notes', 'party', 'stage', 'amount']).sections[0]?.fields).toEqual([
      { field: 'stage' },
      { field: 'name' },
      'party',
      { field: 'amount', label: 'Worth', visibleWhen: { and: [isWon, isOpen] }, requiredWhen: isWon },
      { field: 'notes', visibleWhen: isWon },
    ])
  })

  it('may be asked for what the form requires by a rule', () => {
    expect(requiredByForm(ruled)).toEqual(['amount'])
    expect(requiredByForm(undefined)).toEqual([])
  })
})

describe('which form is used', () => {
  const at = (name: string, more: object) => ({
    form: name,
    label: name,
    object: 'deal',
    sections: [{ section: 'a', fields: ['name'] }],
    ...more,
  })
  const used = (forms: readonly object[], values: Record<string, unknown>, use: Partial<Parameters<typeof formFor>[2]> = {}) => {
    const found = compiled(...forms)
    expect(found.issues).toEqual([])
    return formFor(found.model, judged(values), { roles: [], device: 'desk', ...use })?.form
  }
  const all = [
    at('plain', {}),
    at('wonOnes', { when: isWon }),
    at('bosses', { roles: ['boss'], order: 1 }),
    at('small', { device: 'phone' }),
  ]

  it('is the first, by order, whose condition, roles and device fit; special ones come before those for everything', () => {
    expect(used(all, { stage: 'open' })).toBe('plain')
    expect(used(all, { stage: 'won' })).toBe('wonOnes')
    expect(used(all, { stage: 'won' }, { roles: ['boss'] })).toBe('bosses')
    expect(used(all, { stage: 'open' }, { device: 'phone' })).toBe('small')
    expect(used([at('wonOnes', { when: isWon })], { stage: 'open' })).toBeUndefined()
  })

  it('is the first that was defined where none of them says more', () => {
    expect(used([at('b', {}), at('a', {})], {})).toBe('b')
    const { model: two } = compiled(at('b', {}), at('a', { order: 3 }))
    expect(formsOf(two, deal).map(one => one.form)).toEqual(['a', 'b'])
  })

  it('asks the record itself: what lies along a relation is not there when a form is opened', () => {
    expect(codes(at('far', { when: { '==': [{ var: 'party.name' }, 'A'] } }))).toEqual(['RULE_FIELD_UNKNOWN forms/far/when'])
    expect(codes(at('far', { roles: ['nobody'] }))).toEqual(['ELEMENT_UNKNOWN forms/far/roles/0'])
  })
})

describe('what somebody gets of a form', () => {
  const seen = {
    isNamed: (name: string) => name !== 'amount',
    isVisible: (rules: readonly unknown[]) => !JSON.stringify(rules).includes('stage'),
  }
  const narrowed = (more: Partial<FormDefinition>, roles: readonly string[] = []) =>
    narrowForm({ ...(form as FormDefinition), ...more }, roles, seen)

  it('has no field and no rule that they may not see; texts stay', () => {
    expect(narrowed({})?.sections).toEqual([
      form.sections[0],
      form.sections[2],
      { section: 'rest', label: 'Rest', tab: 'second', fields: [{ field: 'notes' }, { field: 'lines' }] },
    ])
  })

  it('is nothing where it is for other roles or for what is hidden from them, and names no role but theirs', () => {
    expect(narrowed({ roles: ['boss'] })).toBeNull()
    expect(narrowed({ when: isWon })).toBeNull()
    expect(narrowed({ roles: ['boss', 'other'] }, ['boss'])?.roles).toEqual(['boss'])
  })
})

describe('a form to begin with', () => {
  it('has what people see while there is none, in one section', () => {
    expect(usualForm(deal, 'deal2', 'Deal')).toEqual({
      form: 'deal2',
      label: 'Deal',
      object: 'deal',
      sections: [
        {
          section: 'basics',
          label: { en: 'Basics', 'zh-CN': '基本信息' },
          columns: 2,
          fields: ['name', 'party', 'stage', 'amount', 'notes', 'owner', { field: 'lines', width: 'full' }],
        },
      ],
    })
  })

  it('can hold fields that are typed or read, lines and links, and nothing that is hidden', () => {
    expect(placeable(deal)).toEqual(expect.arrayContaining(['name', 'amount', 'lines']))
    expect(placeable(deal)).not.toContain('secret')
  })
})
