import { describe, expect, it } from '@jest/globals'
import { type Element, elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '../../platform/model/compile.js'
import { checkForm } from '../../platform/records/check-form.js'

const rule = (name: string, must: unknown) => ({ rule: name, at: ['name'], message: name, must })
const formula = (given: unknown) => ({ type: 'formula', label: 'F', returns: 'boolean', rule: given })
const someBig = { some: [{ var: 'lines' }, { '>': [{ var: 'price' }, 9] }] }
const definitions = (extra: object = {}) => [
  {
    object: 'basket',
    plural: 'baskets',
    label: 'Basket',
    fields: { name: { type: 'text', label: 'Name' }, ...extra },
    rules: [rule('needsBig', someBig), rule('newOnly', { var: 'record.isNew' })],
  },
  {
    object: 'line',
    plural: 'basketLines',
    label: 'Line',
    title: 'price',
    fields: {
      basket: { type: 'masterDetail', label: 'Basket', to: 'basket', inverse: 'lines' },
      price: { type: 'decimal', label: 'Price' },
    },
  },
]
const compiled = (extra?: object) =>
  compileModel(
    definitions(extra)
      .map(elementOf)
      .filter((element): element is Element => element !== null),
  )
const moment = { now: '2026-01-01T00:00:00.000Z', today: '2026-01-01', timeZone: 'UTC', member: null }

describe('rules over lines', () => {
  it('are judged by the lines of a form, and left to the server where the form has none', () => {
    const { model, issues } = compiled()
    expect(issues).toEqual([])
    const object = model.objects.basket
    if (!object) throw new Error('no object')
    const broken = (values: Record<string, unknown>, before: Record<string, unknown> | null = null) =>
      checkForm({ model, object, before, moment, locale: 'en' }, values).map(({ message }) => message)
    expect(broken({ name: 'a', lines: [{ price: '1' }] })).toEqual(['needsBig'])
    expect(broken({ name: 'a', lines: [{ price: '1' }, { price: '9.5' }] })).toEqual([])
    expect(broken({ name: 'a' })).toEqual([])
    expect(broken({ name: 'b' }, { id: '1', name: 'a' })).toEqual(['newOnly'])
  })

  it('are refused in formulas, which a rollup serves better, and what has no SQL is refused there too', () => {
    const codes = (given: unknown) => compiled({ flag: formula(given) }).issues.map(({ code, path }) => `${code} ${path}`)
    const at = 'objects/basket/fields/flag/rule'
    expect(codes(someBig)).toEqual([`RULE_ROWS ${at}/some/0`])
    expect(codes({ isWorkday: [{ var: 'createdAt' }] })).toEqual([`RULE_NOT_SQL ${at}/isWorkday`])
    expect(codes({ within: [{ var: 'id' }, { var: 'id' }] })).toEqual([`RULE_TREE ${at}/within/0`])
  })
})
