import { describe, expect, it } from '@jest/globals'
import { type Element, elementOf } from '../../platform/definitions/index.js'
import type { Locale } from '../../platform/label.js'
import { compileModel } from '../../platform/model/compile.js'
import type { ObjectModel } from '../../platform/model/model.js'
import type { Judged } from '../../platform/records/check.js'
import { explainCondition, type WhyLine, whyBroken, whysOf, whysOfLinks } from '../../platform/records/explanation.js'
import type { Explaining } from '../../platform/records/rule-naming.js'
import type { Values } from '../../platform/records/values.js'

const both = (en: string, zh: string) => ({ en, 'zh-CN': zh })
const definitions = [
  {
    object: 'party',
    plural: 'parties',
    label: both('Party', '单位'),
    title: 'name',
    fields: { name: { type: 'text', label: both('Name', '名称') }, rating: { type: 'integer', label: both('Rating', '评级') } },
  },
  {
    object: 'deal',
    plural: 'deals',
    label: both('Deal', '交易'),
    title: 'name',
    fields: {
      name: { type: 'text', label: both('Name', '名称') },
      party: { type: 'lookup', label: both('Party', '单位'), to: 'party' },
      stage: {
        type: 'select',
        label: both('Stage', '阶段'),
        options: [
          { value: 'open', label: both('Open', '进行中') },
          { value: 'won', label: both('Won', '赢单') },
        ],
      },
      amount: { type: 'money', label: both('Amount', '金额') },
      share: { type: 'percent', label: both('Share', '比例') },
      parts: { type: 'integer', label: both('Parts', '份数') },
      weighted: {
        type: 'formula',
        label: both('Weighted', '加权金额'),
        returns: 'money',
        rule: { round: [{ '*': [{ var: 'amount' }, { var: 'share' }] }, 2] },
      },
      each: { type: 'formula', label: both('Each', '每份'), returns: 'money', rule: { '/': [{ var: 'weighted' }, { var: 'parts' }] } },
      size: {
        type: 'formula',
        label: both('Size', '规模'),
        returns: 'text',
        rule: { if: [{ '>': [{ var: 'amount' }, 1000] }, 'big', 'small'] },
      },
      budget: {
        type: 'money',
        label: both('Budget', '预算'),
        requiredWhen: { and: [{ '>': [{ var: 'amount' }, 100000] }, { '==': [{ var: 'stage' }, 'open'] }] },
      },
      helpers: {
        type: 'manyToMany',
        label: both('Helpers', '协作单位'),
        to: 'party',
        inverse: 'helped',
        visibleWhen: { '>': [{ var: 'parts' }, 0] },
        requiredWhen: { '>': [{ var: 'weighted' }, 500] },
        readOnlyWhen: { '==': [{ var: 'stage' }, 'won'] },
      },
    },
    rules: [
      {
        rule: 'ratedOnly',
        message: both('Only rated parties.', '只能选有评级的单位。'),
        must: {
          or: [
            { '!=': [{ var: 'stage' }, 'won'] },
            { '>=': [{ var: 'party.rating' }, 3] },
            { some: [{ var: 'lines' }, { '>': [{ var: 'price' }, 10] }] },
          ],
        },
      },
    ],
  },
  {
    object: 'line',
    plural: 'dealLines',
    label: both('Line', '明细'),
    fields: {
      deal: { type: 'masterDetail', to: 'deal', inverse: 'lines', inverseLabel: both('Lines', '明细') },
      price: { type: 'decimal', label: both('Price', '单价') },
    },
  },
]
const { model, issues } = compileModel(definitions.map(elementOf).filter((element): element is Element => element !== null))
const deal = model.objects.deal as ObjectModel

const judged = (after: Values, rows: readonly Values[] = []): Judged => ({
  object: deal,
  before: after,
  after,
  moment: { member: { id: 'm1', name: 'Li', email: 'li@x' }, now: '2026-03-02T08:00:00.000Z', today: '2026-03-02', timeZone: 'UTC' },
  related: path => (path.join('.') === 'party.rating' ? 2 : null),
  rows: () => rows.map(row => ({ ...judged({}), object: model.objects.line as ObjectModel, after: row })),
})
const telling = (locale: Locale, hidden: readonly string[] = []): Explaining => ({
  model,
  locale,
  currency: 'CNY',
  nameOf: path => (path.join('.') === 'party' ? 'Acme' : null),
  isShown: path => !hidden.includes(path.join('.')),
})

/** Lines as a page would print them. */
const printed = (lines: readonly WhyLine[]) =>
  lines.map(({ level, text, value, holds, remark }) =>
    [`${'  '.repeat(level)}${holds === null ? '' : holds ? '✓ ' : '✗ '}${text}`, value && `= ${value}`, remark && `! ${remark}`]
      .filter(part => part)
      .join(' '),
  )
const whyOf = (field: string, values: Values, locale: Locale = 'en', hidden: readonly string[] = []) =>
  whysOf(deal.fields[field] as NonNullable<(typeof deal.fields)[string]>, judged(values), telling(locale, hidden)).map(why => ({
    kind: why.kind,
    title: why.title,
    lines: printed(why.lines),
  }))

describe('explaining a value', () => {
  it('compiles what it explains', () => expect(issues).toEqual([]))

  it('says the formula in words with the values of its inputs', () => {
    const values = { amount: '1200', share: '0.5' }
    expect(whyOf('weighted', values)).toEqual([
      {
        kind: 'computed',
        title: 'Weighted is computed',
        lines: ['Amount × Share, rounded to 2 decimals = ¥600.00', '  Amount = ¥1,200.00', '  Share = 50%'],
      },
    ])
    expect(whyOf('weighted', values, 'zh-CN')).toEqual([
      {
        kind: 'computed',
        title: '加权金额由公式计算',
        lines: ['金额 × 比例，保留 2 位小数 = ¥600.00', '  金额 = ¥1,200.00', '  比例 = 50%'],
      },
    ])
  })

  it('opens the formulas that a formula reads, and says what an empty result comes from', () => {
    expect(whyOf('each', { amount: '10', share: '0.5', parts: 0 })[0]?.lines).toEqual([
      'Weighted ÷ Parts = — ! A number is divided by zero here, so nothing comes out.',
      '  Weighted = ¥5.00',
      '    Amount × Share, rounded to 2 decimals',
      '      Amount = ¥10.00',
      '      Share = 50%',
      '  Parts = 0',
    ])
    expect(whyOf('weighted', { amount: '10', share: null })[0]?.lines[0]).toBe(
      'Amount × Share, rounded to 2 decimals = — ! Empty, because Share is empty.',
    )
  })

  it('names the condition that chose a branch', () =>
    expect(whyOf('size', { amount: '5' })[0]?.lines).toEqual([
      'if Amount > ¥1,000.00: “big”; else “small” = small',
      '  ✗ Amount > ¥1,000.00',
      '  Amount = ¥5.00',
    ]))

  it('shows “…” for what the reader may not see', () =>
    expect(whyOf('weighted', { amount: '1200', share: '0.5' }, 'en', ['share'])[0]?.lines).toEqual([
      'Amount × …, rounded to 2 decimals = ¥600.00',
      '  Amount = ¥1,200.00',
      '  … = …',
    ]))
})

describe('explaining a rule', () => {
  it('tells which conditions held, and does not hold back those that were not asked', () => {
    expect(whyOf('budget', { amount: '200000', stage: 'open' })).toEqual([
      {
        kind: 'required',
        title: 'Budget is required',
        lines: ['✓ All of these', '  ✓ Amount > ¥100,000.00', '    Amount = ¥200,000.00', '  ✓ Stage is Open', '    Stage = Open'],
      },
    ])
    expect(whyOf('budget', { amount: '2', stage: 'open' })).toEqual([])
    const rule = deal.fields.budget?.rules?.required
    expect(rule && printed(explainCondition(rule, judged({ amount: '2', stage: 'open' }), telling('zh-CN')))).toEqual([
      '✗ 以下全部满足',
      '  ✗ 金额 > ¥100,000.00',
      '    金额 = ¥2.00',
      '  阶段 等于 进行中',
      '    阶段 = 进行中',
    ])
  })

  it('explains a broken rule along relations and over rows', () => {
    const [rule] = deal.rules
    const why = rule && whyBroken(rule, judged({ stage: 'won', partyId: 'p1' }, [{ price: '3' }]), telling('en'))
    expect(why?.title).toBe('Only rated parties.')
    expect(printed(why?.lines ?? [])).toEqual([
      '✗ One of these',
      '  ✗ Stage is not Won',
      '    Stage = Won',
      '  ✗ Party › Rating ≥ 3',
      '    Party › Rating = 2',
      '  ✗ for at least one (Lines: Price > 10)',
      '    Lines = 1',
    ])
  })
})

describe('explaining links', () => {
  const whys = (values: Values, locale: Locale = 'en', hidden: readonly string[] = []) => {
    const helpers = deal.children.helpers as NonNullable<(typeof deal.children)[string]>
    return whysOfLinks(helpers, judged(values), telling(locale, hidden)).map(({ kind, title, lines }) => [kind, title, ...printed(lines)])
  }

  it('says why they are shown, required and kept as they are', () => {
    expect(whys({ parts: 2, amount: '1200', share: '0.5', stage: 'won' })).toEqual([
      ['visible', 'Helpers is shown', '✓ Parts > 0', '  Parts = 2'],
      [
        'required',
        'Helpers is required',
        '✓ Weighted > ¥500.00',
        '  Weighted = ¥600.00',
        '    Amount × Share, rounded to 2 decimals',
        '      Amount = ¥1,200.00',
        '      Share = 50%',
      ],
      ['readOnly', 'Helpers cannot be changed', '✓ Stage is Won', '  Stage = Won'],
    ])
    expect(whys({ parts: 1, stage: 'won' }, 'zh-CN', ['stage']).map(([kind, title]) => `${kind} ${title}`)).toEqual([
      'visible 协作单位显示出来',
      'readOnly 协作单位不能修改',
    ])
  })

  it('says of hidden links why they are hidden, and not that they are required', () =>
    expect(whys({ parts: 0, amount: '1200', share: '0.5', stage: 'open' }).map(([kind]) => kind)).toEqual(['hidden']))

  it('says nothing at the other end, which has no rules', () => {
    const helped = model.objects.party?.children.helped
    expect(helped?.rules).toBeUndefined()
  })
})
