import { describe, expect, it } from '@jest/globals'
import { readDefinitions } from '../../platform/definitions/check.js'
import { localizeIssue } from '../../platform/errors.js'
import { compileModel } from '../../platform/model/compile.js'
import { runExamples } from '../../platform/records/examples.js'

const party = {
  object: 'party',
  plural: 'parties',
  label: 'Party',
  fields: { name: { type: 'text', label: 'Name' }, rating: { type: 'integer', label: 'Rating' } },
}
const line = {
  object: 'line',
  plural: 'dealLines',
  label: 'Line',
  fields: { deal: { type: 'masterDetail', to: 'deal', inverse: 'lines' }, price: { type: 'decimal', label: 'Price' } },
}

/** What is said of examples of a formula, of a rule of a field, of a validation rule and of a guard. */
function said({ formula = [], field = [], rule = [], guard = [] }: Record<string, readonly unknown[]>, locale: 'en' | 'zh-CN' = 'en') {
  const deal = {
    object: 'deal',
    plural: 'deals',
    label: 'Deal',
    fields: {
      amount: { type: 'money', label: { en: 'Amount', 'zh-CN': '金额' } },
      share: { type: 'percent', label: 'Share' },
      party: { type: 'lookup', label: 'Party', to: 'party' },
      due: {
        type: 'date',
        label: 'Due',
        examples: field,
        visibleWhen: { '>': [{ var: 'amount' }, 0] },
        requiredWhen: { '>': [{ var: 'amount' }, 100] },
      },
      part: { type: 'formula', label: 'Part', returns: 'money', rule: { '*': [{ var: 'amount' }, { var: 'share' }] }, examples: formula },
      status: {
        type: 'select',
        label: 'Status',
        options: [{ value: 'open' }, { value: 'done' }],
        default: 'open',
        states: {
          initial: ['open'],
          transitions: [
            {
              transition: 'finish',
              label: 'Finish',
              from: ['open'],
              to: 'done',
              when: { '==': [{ var: 'user.name' }, 'Li'] },
              examples: guard,
            },
          ],
        },
      },
    },
    rules: [
      {
        rule: 'sound',
        message: 'No.',
        must: {
          and: [
            { '>=': [{ var: 'party.rating' }, 3] },
            { some: [{ var: 'lines' }, { '>': [{ var: 'price' }, 10] }] },
            { '<': [{ var: 'before.amount' }, { var: 'amount' }] },
            { '<=': [{ var: 'due' }, { var: 'today' }] },
          ],
        },
        examples: rule,
      },
    ],
  }
  const { elements, issues } = readDefinitions([deal, party, line].map(json => ({ source: '', json })))
  const { model, issues: linking } = compileModel(elements)
  return [...issues, ...linking, ...runExamples(model).issues]
    .map(found => localizeIssue(found, locale))
    .map(({ code, path, message }) => `${code} ${path}: ${message}`)
}

describe('examples in json-logic-js', () => {
  const model = (examples: readonly unknown[]) => {
    const deal = {
      object: 'deal',
      plural: 'deals',
      label: 'Deal',
      fields: {
        amount: { type: 'decimal', label: 'Amount' },
        share: { type: 'percent', label: 'Share' },
        part: { type: 'formula', label: 'Part', returns: 'decimal', rule: { '*': [{ var: 'amount' }, { var: 'share' }] }, examples },
      },
    }
    return compileModel(readDefinitions([{ source: '', json: deal }]).elements).model
  }

  it('are asked where the meaning is shared, and counted', () => {
    const { issues, examples, compared } = runExamples(
      model([
        { given: { amount: '0.1', share: '0.3' }, expect: '0.03' },
        { given: { amount: '0.1' }, expect: null },
      ]),
    )
    expect({ issues, examples, compared }).toEqual({ issues: [], examples: 2, compared: 1 })
  })

  it('block where it answers otherwise, and say what each comes to', () => {
    const { issues } = runExamples(model([{ given: { amount: '10', share: '0.5' }, expect: '5' }]), () => ({
      isSame: false,
      there: 5.5,
      here: '5',
    }))
    const told = (locale: 'en' | 'zh-CN') =>
      issues.map(found => localizeIssue(found, locale)).map(({ code, path, message }) => ({ code, path, message }))
    const at = { code: 'EXAMPLE_READING', path: 'objects/deal/fields/part/examples/0' }
    expect(told('en')).toEqual([
      {
        ...at,
        message:
          'The readings of the rule differ on this example. Given Amount 10, Share 0.5: json-logic-js comes to 5.5, JavaScript to 5.',
      },
    ])
    expect(told('zh-CN')).toEqual([
      { ...at, message: '规则的不同读法对此示例结果不一致。给定Amount 10，Share 0.5：json-logic-js 得5.5，JavaScript 得5。' },
    ])
  })
})

describe('examples of rules', () => {
  it('are green when the rule comes to what they expect', () =>
    expect(
      said({
        formula: [
          { given: { amount: '100', share: '0.125' }, expect: '12.50' },
          { given: { amount: 100 }, expect: null },
        ],
        field: [
          { for: 'visibleWhen', given: { amount: '1' }, expect: true },
          { for: 'requiredWhen', given: { amount: '1' }, expect: false },
        ],
        rule: [
          {
            given: {
              party: { rating: 3 },
              lines: [{ price: '2' }, { price: '11' }],
              before: { amount: '1' },
              amount: '2',
              due: '2026-03-01',
              today: '2026-03-01',
            },
            expect: true,
          },
          { given: { party: { rating: 3 }, lines: [], before: { amount: '1' }, amount: '2' }, expect: false },
        ],
        guard: [{ given: { user: { name: 'Li' } }, expect: true }],
      }),
    ).toEqual([]))

  it('name the example that is red, what was given, expected and came out', () => {
    const red = {
      formula: [
        { given: { amount: '100', share: '0.5' }, expect: '50' },
        { given: { amount: '100', share: '0.5' }, expect: '60' },
      ],
    }
    expect(said(red)).toEqual([
      'EXAMPLE_FAILED objects/deal/fields/part/examples/1: The example fails. Given Amount 100, Share 0.5: expected 60, but is 50.',
    ])
    expect(said(red, 'zh-CN')).toEqual([
      'EXAMPLE_FAILED objects/deal/fields/part/examples/1: 示例不通过。给定金额 100，Share 0.5：期望60，实际为50。',
    ])
    expect(said({ guard: [{ given: { user: { name: 'Wu' } }, expect: true }] })).toEqual([
      'EXAMPLE_FAILED objects/deal/fields/status/states/transitions/0/examples/0: The example fails. Given user {"name":"Wu"}: expected yes, but is no.',
    ])
  })

  it('are checked: names, types, and which rule they are of', () => {
    expect(said({ formula: [{ given: { amuont: '1', share: 'x' }, expect: true }] }).map(text => text.split(':')[0])).toEqual([
      'FIELD_UNKNOWN objects/deal/fields/part/examples/0/given/amuont',
      'VALUE_TYPE objects/deal/fields/part/examples/0/given/share',
      'EXAMPLE_VALUE objects/deal/fields/part/examples/0/expect',
    ])
    expect(said({ field: [{ given: {}, expect: true }] }).map(text => text.split(':')[0])).toEqual([
      'EXAMPLE_RULE objects/deal/fields/due/examples/0',
    ])
    expect(said({ rule: [{ given: { lines: [{ prise: 1 }], today: 'soon' }, expect: false }] }).map(text => text.split(':')[0])).toEqual([
      'FIELD_UNKNOWN objects/deal/rules/0/examples/0/given/lines/0/prise',
      'EXAMPLE_VALUE objects/deal/rules/0/examples/0/given/today',
    ])
    expect(said({ guard: [{ gives: {}, expect: true }] })[0]).toMatch(/^PROPERTY_UNKNOWN|^SHAPE|^PROPERTY_MISSING/)
  })
})
