import { describe, expect, it } from '@jest/globals'
import { formOf, formShape, quickFields } from '@tessera/platform/forms/form-schema.js'
import { quickForm } from '@tessera/platform/forms/quick-form.js'
import type { FieldModel } from '@tessera/platform/model/model.js'
import { checkForm } from '@tessera/platform/records/check-form.js'
import { deal, model } from '../support/deal-model.js'

const everything = { isNew: true, mayWrite: (field: FieldModel) => field.writable }

describe('the form of an object', () => {
  it('is its definition as JSON Schema and UI schema: sections, widths, values under their keys, lines as lists', () => {
    const shape = formShape(formOf(model, deal), deal, everything)
    expect(shape.sections).toEqual([
      { name: 'main', label: 'Main', columns: 2, keys: ['name', 'partyId', 'stage'] },
      { name: 'more', label: 'More', columns: 1, keys: ['notes', 'lines'] },
    ])
    expect(Object.entries(shape.schema.properties).map(([key, { type, title }]) => [key, type, title])).toEqual([
      ['name', 'string', 'name'],
      ['partyId', 'string', 'party'],
      ['stage', 'string', 'stage'],
      ['notes', 'string', 'notes'],
      ['lines', 'array', 'lines'],
    ])
    expect([shape.uiSchema.name, shape.uiSchema.lines]).toEqual([
      { 'ui:field': 'recordField', 'ui:readonly': false },
      { 'ui:field': 'lines' },
    ])
    expect([...shape.wide]).toEqual(['name', 'notes', 'lines'])
  })

  it('shows on an edit what cannot be written, and leaves it out of a new record', () => {
    const purpose = (isNew: boolean) => ({ isNew, mayWrite: ({ name }: FieldModel) => name !== 'stage' })
    expect(formShape(formOf(model, deal), deal, purpose(false)).uiSchema.stage).toEqual({ 'ui:field': 'recordField', 'ui:readonly': true })
    expect(Object.keys(formShape(formOf(model, deal), deal, purpose(true)).schema.properties)).not.toContain('stage')
  })

  it('has all that can be typed when nobody defined one, title and status first', () => {
    const [section] = formShape(undefined, deal, everything).sections
    expect(section?.keys).toEqual(['name', 'stage', 'partyId', 'amount', 'currency', 'notes', 'ownerId', 'lines'])
  })

  it('is short for quick create: as defined, else title, required, listed', () => {
    expect(quickFields(formOf(model, deal), deal)).toEqual(['name', 'stage'])
    expect(quickFields(undefined, deal)).toEqual(['name', 'party', 'amount'])
    const asked = quickForm(undefined, deal, quickFields(undefined, deal))
    expect(Object.keys(formShape(asked, deal, everything).schema.properties)).toEqual(['name', 'partyId', 'amount'])
  })
})

describe('the check of a form', () => {
  const moment = { member: null, now: '2026-01-01T00:00:00.000Z', today: '2026-01-01', timeZone: 'UTC' }
  const found = (values: Record<string, unknown>, before: Record<string, unknown> | null = null) =>
    checkForm({ model, object: deal, before, moment, locale: 'en' }, values).map(({ code, path }) => `${code} ${path}`)

  it('finds problems of values, of what is required and of lines at once, each at its place', () => {
    expect(found({ stage: 'none', lines: [{ what: 'A' }, { what: null }] })).toEqual([
      'OPTION_UNKNOWN stage',
      'VALUE_REQUIRED name',
      'VALUE_REQUIRED partyId',
      'VALUE_REQUIRED lines/1/what',
    ])
  })

  it('asks rules of sound values only, over what was and what is', () => {
    const sound = { name: 'Mill', partyId: '0190a000-0000-7000-8000-000000000001' }
    expect(found({ ...sound, stage: 'won' })).toEqual(['RULE_VIOLATED amount'])
    expect(found({ stage: 'won' }, { ...sound, amount: '5' })).toEqual([])
  })
})
