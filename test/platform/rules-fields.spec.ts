import { describe, expect, it } from '@jest/globals'
import { type Element, elementOf } from '@tessera/platform/definitions/index.js'
import { checkShape } from '@tessera/platform/definitions/shape.js'
import { narrowDefinitions } from '../../platform/access/narrow-definitions.js'
import { profileOf } from '../../platform/access/profile.js'
import { compileModel } from '../../platform/model/compile.js'
import { mentionsOf } from '../../platform/model/mentions.js'
import { checkForm } from '../../platform/records/check-form.js'

const isLost = { '==': [{ var: 'stage' }, 'lost'] }
const stages = [{ value: 'open' }, { value: 'won', when: { '>': [{ var: 'amount' }, 0] } }, { value: 'lost' }]
const deal = (fields: object = {}, more: object = {}) => ({
  object: 'deal',
  plural: 'deals',
  label: 'Deal',
  fields: {
    name: { type: 'text', label: 'Name' },
    stage: { type: 'select', label: { en: 'Stage', 'zh-CN': '阶段' }, options: stages, default: 'open' },
    amount: { type: 'decimal', label: 'Amount' },
    budget: { type: 'decimal', label: 'Budget', requiredWhen: { '>': [{ var: 'amount' }, 100000] } },
    reason: { type: 'text', label: 'Reason', required: true, visibleWhen: isLost },
    code: { type: 'text', label: 'Code', readOnlyWhen: { '==': [{ var: 'stage' }, 'won'] } },
    party: { type: 'lookup', label: 'Party', to: 'party', onDelete: 'setNull' },
    ...fields,
  },
  ...more,
})
const party = { object: 'party', plural: 'parties', label: 'Party', fields: { name: { type: 'text' }, limit: { type: 'decimal' } } }
const compiled = (...definitions: object[]) => {
  const elements = definitions.map(elementOf).filter((element): element is Element => element !== null)
  return { ...compileModel(elements), elements, shape: elements.flatMap(checkShape) }
}
const moment = { now: '2026-01-01T00:00:00.000Z', today: '2026-01-01', timeZone: 'UTC', member: null }
const { model, issues, shape } = compiled(deal(), party)
const object = model.objects.deal
const found = (values: Record<string, unknown>, before: Record<string, unknown> | null = null, locale: 'en' | 'zh-CN' = 'en') => {
  if (!object) throw new Error('no object')
  return checkForm({ model, object, before, moment, locale }, values).map(({ code, path, message }) => `${path}: ${code} ${message}`)
}

describe('rules of fields', () => {
  it('are sound definitions', () => expect([...shape, ...issues]).toEqual([]))

  it('require a value when their condition holds, with the words of a plain required field', () => {
    expect(found({ name: 'a', amount: '100000' })).toEqual([])
    expect(found({ name: 'a', amount: '100000.01' })).toEqual(['budget: VALUE_REQUIRED Budget is required.'])
    expect(found({ name: 'a', amount: '100001', budget: null }, null, 'zh-CN')).toEqual(['budget: VALUE_REQUIRED 「Budget」必填。'])
    expect(found({ name: 'a', amount: '100001', budget: '5' })).toEqual([])
  })

  it('ask an edit for what it touches, or what its values bring about', () => {
    const before = { id: '1', name: 'a', stage: 'open', amount: '200000' }
    expect(found({ name: 'b' }, before)).toEqual([])
    expect(found({ amount: '300000' }, before)).toEqual(['budget: VALUE_REQUIRED Budget is required.'])
    expect(found({ budget: null }, { ...before, budget: '1' })).toEqual(['budget: VALUE_REQUIRED Budget is required.'])
  })

  it('never ask for what is not visible, required as it may be', () => {
    expect(found({ name: 'a', stage: 'open' })).toEqual([])
    expect(found({ name: 'a', stage: 'lost' })).toEqual(['reason: VALUE_REQUIRED Reason is required.'])
  })

  it('keep what is read-only before and after; a way into it or out of it is free', () => {
    const won = { id: '1', stage: 'won', amount: '1', code: 'x' }
    expect(found({ code: 'y' }, won)).toEqual(['code: FIELD_LOCKED Code cannot be changed now.'])
    expect(found({ code: 'x' }, won)).toEqual([])
    expect(found({ code: 'y', stage: 'open' }, won)).toEqual([])
    expect(found({ code: 'y', stage: 'won' }, { ...won, stage: 'open' })).toEqual([])
    expect(found({ code: 'y', stage: 'won', amount: '1' })).toEqual([])
  })

  it('offer an option only when its rule holds, and leave an old value alone', () => {
    expect(found({ stage: 'won' }, { id: '1', stage: 'open', amount: '0' })).toEqual([
      'stage: OPTION_CLOSED “won” cannot be chosen for Stage here.',
    ])
    expect(found({ stage: 'won', amount: '1' }, { id: '1', stage: 'open', amount: '0' })).toEqual([])
    expect(found({ amount: '0' }, { id: '1', stage: 'won', amount: '1' })).toEqual([])
  })

  it('are checked against the model, each at its place', () => {
    const wrong = compiled(
      deal({
        a: { type: 'text', requiredWhen: { '==': [{ var: 'nothing' }, 1] }, helpWhen: [{ when: { '+': [1, 2] }, help: 'H' }] },
        b: { type: 'decimal', defaultRule: { cat: ['a', 'b'] } },
        c: { type: 'json', defaultRule: 1 },
        d: { type: 'formula', returns: 'integer', rule: 1, requiredWhen: true, visibleWhen: true },
        e: { type: 'select', options: [{ value: 'x', when: { var: 'party.nothing' } }] },
      }),
      party,
    ).issues.map(({ code, path }) => `${code} ${path.replace('objects/deal/fields/', '')}`)
    expect(wrong).toEqual([
      'RULE_FIELD_UNKNOWN a/requiredWhen/==/0/var',
      'RULE_TYPE_MISMATCH a/helpWhen/0/when',
      'RULE_TYPE_MISMATCH b/defaultRule',
      'PROPERTY_UNFIT c/defaultRule',
      'PROPERTY_UNFIT d/requiredWhen',
      'RULE_FIELD_UNKNOWN e/options/0/when/var',
    ])
  })

  it('know everything that validation rules know', () => {
    const rules = [
      { '==': [{ var: 'before.stage' }, 'open'] },
      { changed: ['stage'] },
      { var: 'record.isNew' },
      { '>': [{ var: 'party.limit' }, 1] },
    ]
    const more = [{ '==': [{ var: 'user.email' }, 'a@b.c'] }, { '<': [{ var: 'createdAt' }, { var: 'now' }] }]
    const fields = Object.fromEntries([...rules, ...more].map((visibleWhen, index) => [`f${index}`, { type: 'text', visibleWhen }]))
    expect(compiled(deal(fields), party).issues).toEqual([])
  })
})

describe('what names a field', () => {
  it('are its rules, options, help, and the messages of validation rules', () => {
    const other = compiled(
      deal(
        { hint: { type: 'text', helpWhen: [{ when: { '>': [{ var: 'amount' }, 1] }, help: 'H' }] } },
        { rules: [{ rule: 'r', message: { en: 'Over {amount}.', 'zh-CN': '超过 {amount}。' }, must: true, lock: ['party'] }] },
      ),
      party,
    )
    const amount = other.model.objects.deal?.fields.amount
    expect(other.issues).toEqual([])
    expect(amount && mentionsOf([amount], other.model)[0]?.at.map(place => place.replace('objects/deal/', ''))).toEqual([
      'fields/stage/options/1/when/>/0/var',
      'fields/budget/requiredWhen/>/0/var',
      'fields/hint/helpWhen/0/when/>/0/var',
      'rules/0/message/en',
      'rules/0/message/zh-CN',
    ])
  })

  it('are told to nobody who may not see it', () => {
    const role = {
      role: 'rep',
      label: 'Rep',
      grants: { deal: { actions: ['read', 'create', 'update'], fields: { amount: 'hidden' } }, party: { actions: ['read'] } },
    }
    const all = compiled(deal({}, { rules: [{ rule: 'r', message: 'Over {amount}.', must: true }] }), party, role)
    const text = JSON.stringify(narrowDefinitions(all.elements, profileOf(['rep'], all.model), ['rep']))
    expect(text).not.toContain('amount')
    expect(text).toContain(JSON.stringify(isLost))
  })
})

describe('validation rules', () => {
  const ruled = (rule: object) => compiled(deal({}, { rules: [{ rule: 'r', message: 'M', must: true, ...rule }] }), party)
  const codes = (rule: object) => {
    const { issues: of, shape: wrong } = ruled(rule)
    return [...wrong, ...of].map(({ code, path }) => `${code} ${path.replace('objects/deal/rules/0/', '')}`)
  }

  it('name lookups to be locked, and values in their messages', () => {
    expect(codes({ lock: ['party', 'id'], message: 'The limit of {party} is {party.limit}.' })).toEqual([])
    expect(codes({ lock: ['stage'], message: { en: '{nobody}', 'zh-CN': '无' } })).toEqual([
      'RELATION_EXPECTED lock/0',
      'FIELD_UNKNOWN message/en',
    ])
  })

  it('say at which events they are asked, and how heavy they weigh', () => {
    expect(codes({ on: ['delete', 'transition', 'import', 'api'], severity: 'warning' })).toEqual([])
    expect(codes({ on: ['sometimes'], severity: 'fatal' })).toEqual(['SHAPE_INVALID on/0', 'SHAPE_INVALID severity'])
  })

  it('put values into their messages in each language, and leave warnings of a form to the save', () => {
    const rule = {
      at: ['amount'],
      message: { en: '{amount} in {stage}', 'zh-CN': '{stage}的{amount}' },
      must: { '<': [{ var: 'amount' }, 10] },
    }
    const said = (more: object, locale: 'en' | 'zh-CN') => {
      const { model: ruledModel } = ruled({ ...rule, ...more })
      const of = ruledModel.objects.deal
      return of
        ? checkForm({ model: ruledModel, object: of, before: null, moment, locale }, { stage: 'open', amount: '1200', party: null }).map(
            ({ message }) => message,
          )
        : []
    }
    expect(said({}, 'en')).toEqual(['1,200 in open'])
    expect(said({}, 'zh-CN')).toEqual(['open的1,200'])
    expect(said({ severity: 'warning' }, 'en')).toEqual([])
  })
})
