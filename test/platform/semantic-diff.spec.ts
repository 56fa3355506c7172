import { describe, expect, it } from '@jest/globals'
import { readDefinitions } from '@tessera/platform/definitions/check.js'
import type { Locale } from '@tessera/platform/label.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { semanticDiff } from '@tessera/platform/records/semantic-diff.js'
import { sql } from '@tessera/platform/sql/sql.js'
import { costsOf, fillCost } from '@tessera/platform/tables/cost.js'

const modelOf = (documents: readonly unknown[]) => {
  const { elements, issues } = readDefinitions(documents.map((json, index) => ({ source: String(index), json })))
  const compiled = compileModel(elements)
  expect([...issues, ...compiled.issues]).toEqual([])
  return compiled.model
}

const amount = { type: 'money', label: { en: 'Amount', 'zh-CN': '金额' } }
const budget = { type: 'money', label: { en: 'Budget', 'zh-CN': '预算' } }
const above = (value: number) => ({ '>': [{ var: 'amount' }, value] })
const deal = (changed: Record<string, unknown> = {}, fields: Record<string, unknown> = {}) => ({
  object: 'deal',
  plural: 'deals',
  label: { en: 'Deal', 'zh-CN': '商机' },
  title: 'name',
  fields: { name: { type: 'text', label: { en: 'Name', 'zh-CN': '名称' } }, amount, budget, ...fields },
  ...changed,
})
const role = (grant: Record<string, unknown>) => ({
  role: 'rep',
  label: { en: 'Rep', 'zh-CN': '销售' },
  grants: { deal: { actions: ['read', 'create'], ...grant } },
})

const said = (before: readonly unknown[], after: readonly unknown[], locale: Locale = 'en', currency: string | null = null) =>
  semanticDiff(modelOf(before), modelOf(after), { locale, currency }).map(({ kind, name, differences }) => [
    `${kind} ${name}`,
    ...differences.map(one => `${one.path.split('/').slice(2).join('/')} ${one.said.join(' | ')}`.trim()),
  ])

describe('the difference between two versions', () => {
  it('says the rule of a field as it was and as it is, in the words of the builder', () => {
    const [before, after] = [100000, 50000].map(value => [deal({}, { budget: { ...budget, requiredWhen: above(value) } })])
    expect(said(before ?? [], after ?? [])).toEqual([['object deal', 'fields/budget required when: Amount > 100,000 → Amount > 50,000']])
    expect(said(before ?? [], after ?? [], 'zh-CN', 'CNY')).toEqual([
      ['object deal', 'fields/budget 必填条件：金额 > ¥100,000.00 → 金额 > ¥50,000.00'],
    ])
  })

  it('says a rule that came, one that went, and what a validation rule asks now', () => {
    const ruled = (must: unknown) => deal({ rules: [{ rule: 'rich', message: 'Too little', must }] })
    expect(said([deal()], [deal({}, { budget: { ...budget, visibleWhen: above(5) } })])).toEqual([
      ['object deal', 'fields/budget visible when: none → Amount > 5'],
    ])
    expect(said([ruled(above(1))], [ruled(above(2))])).toEqual([
      ['object deal', 'validation rules: changed “Too little” (condition: Amount > 1 → Amount > 2)'],
    ])
  })

  it('says fields that came, went and got another type or name', () => {
    const fields = {
      name: { type: 'longText', label: 'Name' },
      due: { type: 'date', label: 'Due' },
      worth: { ...amount, was: ['amount'] },
    }
    expect(said([deal()], [{ ...deal(), fields }])).toEqual([
      [
        'object deal',
        'fields/name From Text to Long text. The values are taken over where they fit. | label',
        'fields/due New field of type Date. At once; no data is touched.',
        'fields/worth Was called amount, is now worth. The data stays where it is.',
        'fields/budget Removed. It can be brought back with its values for 30 days.',
      ],
    ])
  })

  it('says what a role grants by object, with its records and fields', () => {
    const before = role({ records: { '==': [{ var: 'record.owner' }, { var: 'user.id' }] }, fields: { budget: 'hidden' } })
    const after = role({ actions: ['read', 'delete'], records: above(10), fields: { budget: 'read', name: 'masked' } })
    expect(said([deal(), before], [deal(), after])).toEqual([
      [
        'role rep',
        'grants: changed “Deal” (what may be done: new delete, removed create, records: Owner is You → Amount > 10, fields: Budget hidden → read, Name open → masked)',
      ],
    ])
  })

  it('says the condition of a view over the labels that its fields had and have', () => {
    const view = (where: unknown, extra = {}) => ({
      view: 'big',
      label: 'Big',
      object: 'deal',
      kind: 'list',
      columns: ['name'],
      where,
      ...extra,
    })
    expect(
      said(
        [deal(), view(above(1))],
        [deal(), view({ and: [above(2), { '!=': [{ var: 'name' }, 'x'] }] }, { columns: ['name', 'amount'] })],
      ),
    ).toEqual([['view big', 'columns: new “Amount” | condition: Amount > 1 → Amount > 2 and Name is not x']])
  })

  it('is nothing between a version and itself', () => expect(said([deal(), role({})], [deal(), role({})])).toEqual([]))
})

describe('what a plan is reckoned to take', () => {
  const rowsOf = () => 1_000_000
  const index = (on: ReturnType<typeof sql>) => ({ name: 'i', unique: false, on })

  it('grows with the rows of the table for what goes through them, and not for what does not', () => {
    const [column, tree, inverted, check] = costsOf(
      [
        { do: 'addColumn', phase: 'expand', table: 'deal', column: { name: 'a', type: 'text', nullable: true } },
        { do: 'createIndex', phase: 'finish', table: 'deal', index: index(sql`(a)`), replacesInvalid: false },
        { do: 'createIndex', phase: 'finish', table: 'deal', index: index(sql`using gin (a)`), replacesInvalid: false },
        { do: 'validateConstraint', phase: 'finish', table: 'deal', name: 'c' },
      ],
      rowsOf,
    )
    expect([column, check].map(cost => [cost?.waits, cost?.isBehind, cost?.rows])).toEqual([
      ['moment', false, 0],
      ['nobody', true, 1_000_000],
    ])
    expect(inverted?.seconds).toBeGreaterThan(tree?.seconds ?? 0)
    expect(tree?.seconds).toBeGreaterThan(column?.seconds ?? 0)
    expect(fillCost('carryOver', 'deal', 'a', 1000).waits).toBe('rows')
  })

  it('says nothing of what is only hidden', () =>
    expect(costsOf([{ do: 'hideTable', phase: 'contract', table: 'deal', loses: 'data' }], rowsOf)).toEqual([]))
})
