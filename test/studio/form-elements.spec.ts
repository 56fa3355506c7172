import { describe, expect, it } from '@jest/globals'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { elementsOf } from '@tessera/platform/editing/elements.js'
import { formShape } from '@tessera/platform/forms/form-schema.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { App } from '../../studio/api/app.js'
import { addForm, canBeOfObject, editForm, formDefinition, freeFormName, giveToObject } from '../../studio/builder/form-elements.js'
import { formRules } from '../../studio/forms/form-rules.js'

const isBig = { '>': [{ var: 'amount' }, 100] }
const definitions = [
  {
    object: 'deal',
    plural: 'deals',
    label: 'Deal',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      amount: { type: 'decimal', label: 'Amount' },
      notes: { type: 'longText', label: 'Notes', readOnlyWhen: isBig },
      reason: { type: 'text', label: 'Reason', visibleWhen: isBig },
    },
  },
  {
    form: 'deal',
    label: 'Deal',
    object: 'deal',
    sections: [
      { section: 'a', label: 'A', fields: ['name', 'amount', { field: 'notes', width: 'full', requiredWhen: isBig, readOnlyWhen: isBig }] },
      { section: 'hint', help: 'Only for big ones', visibleWhen: isBig, fields: [] },
      { section: 'b', label: 'B', fields: [{ field: 'reason', requiredWhen: { '==': [{ var: 'name' }, 'x'] } }] },
    ],
  },
]
const elements = elementsOf(definitions)
const { model, issues } = compileModel(definitions.flatMap(json => elementOf(json) ?? []))

describe('forms among the definitions', () => {
  it('are added with all that people see without one, under a name that is free', () => {
    expect(issues).toEqual([])
    const name = freeFormName(elements, 'deal')
    const added = addForm(elements, model, name, 'deal', 'Deal')
    expect([name, formDefinition(added, name)?.sections[0]?.fields]).toEqual(['deal2', ['name', 'amount', 'notes', 'reason', 'owner']])
  })

  it('are changed by what is done to one of them; one that is not there changes nothing', () => {
    expect(
      formDefinition(
        editForm(elements, 'deal', form => ({ ...form, label: 'Big deal' })),
        'deal',
      )?.label,
    ).toBe('Big deal')
    expect(editForm(elements, 'none', form => form)).toBe(elements)
  })

  it('give a rule to the field of the object, which keeps its own where it has one', () => {
    const given = giveToObject(elements, 'deal', 'notes', 'requiredWhen')
    expect(given['objects/deal']?.definition.fields).toHaveProperty('notes.requiredWhen', isBig)
    expect(formDefinition(given, 'deal')?.sections[0]?.fields[2]).toEqual({ field: 'notes', width: 'full', readOnlyWhen: isBig })
    const form = formDefinition(elements, 'deal')
    expect(form && canBeOfObject(elements, form, 'notes', 'readOnlyWhen')).toBe(false)
    expect(giveToObject(elements, 'deal', 'notes', 'readOnlyWhen')).toBe(elements)
  })
})

describe('a form with rules of its own while it is filled in', () => {
  const object = model.objects.deal
  const form = model.forms.deal
  if (!object || !form) throw new Error('no form')
  const moment = { member: null, now: '2026-11-22T06:05:00.000Z', today: '2026-11-22', timeZone: 'UTC' }
  const shape = formShape(form, object, { isNew: true, mayWrite: field => field.writable })
  const stand = (values: Record<string, unknown>) =>
    formRules({ model, object, before: null, moment, locale: 'en' }, values, {
      app: { model, locale: 'en', currency: 'CNY' } as unknown as App,
      form,
      shape,
      onlyRequired: new Set(),
      t: ((key: string) => key) as never,
    })

  it('asks for what it requires as long as that is shown and can be typed', () => {
    const missing = (values: Record<string, unknown>) => stand(values).missing.map(({ path }) => path)
    expect(missing({ name: 'x' })).toEqual([])
    expect(missing({ name: 'x', amount: '200' })).toEqual(['reason'])
    expect(missing({ amount: '200' })).toEqual([])
    expect(stand({ amount: '200' }).states.get('notes')).toMatchObject({ isRequired: true, isReadOnly: true })
  })

  it('shows a text by its rule', () => {
    const sections = (values: Record<string, unknown>) => stand(values).shape.sections.map(({ name }) => name)
    expect(sections({ amount: '1' })).toEqual(['a'])
    expect(sections({ amount: '200' })).toEqual(['a', 'hint', 'b'])
  })
})
