import { describe, expect, it } from '@jest/globals'
import { narrowDefinitions } from '../../platform/access/narrow-definitions.js'
import { conditionOf, may, profileOf } from '../../platform/access/profile.js'
import { readDefinitions } from '../../platform/definitions/check.js'
import { changesOf } from '../../platform/model/changes.js'
import { compileModel } from '../../platform/model/compile.js'
import { mentionsOf } from '../../platform/model/mentions.js'
import { typeScope } from '../../platform/model/scope.js'

const own = { '==': [{ var: 'record.owner' }, { var: 'user.id' }] }
const definitions = [
  { app: 'a', label: 'A' },
  {
    object: 'box',
    plural: 'boxes',
    label: 'Box',
    title: 'code',
    sort: [{ field: 'cost' }],
    fields: {
      code: { type: 'text' },
      cost: { type: 'decimal' },
      price: { type: 'decimal' },
      margin: { type: 'formula', returns: 'decimal', rule: { '-': [{ var: 'price' }, { var: 'cost' }] } },
      safe: { type: 'lookup', to: 'safe' },
    },
    rules: [
      { rule: 'covers', message: 'Too cheap', must: { '>': [{ var: 'price' }, { var: 'cost' }] } },
      { rule: 'priced', message: 'No price', must: { '>': [{ var: 'price' }, 0] } },
    ],
  },
  { object: 'safe', plural: 'safes', label: 'Safe', fields: { name: { type: 'text' } } },
  {
    form: 'box',
    label: 'Box',
    object: 'box',
    sections: [
      { section: 'main', label: 'Main', fields: ['code', 'cost'] },
      { section: 'hidden', label: 'Hidden', fields: ['cost', 'safe'] },
    ],
    quick: ['code', 'cost'],
  },
  { view: 'boxes', label: 'Boxes', object: 'box', kind: 'list', columns: ['code', 'cost', 'safe.name'], sort: [{ field: 'cost' }] },
  { view: 'dear', label: 'Dear', object: 'box', kind: 'list', where: { '>': [{ var: 'cost' }, 5] } },
  { view: 'safes', label: 'Safes', object: 'safe', kind: 'list' },
  { report: 'costs', label: 'Costs', object: 'box', groupBy: [{ field: 'code' }], measures: [{ name: 'total', sum: 'cost' }] },
  {
    workflow: 'tell',
    label: 'Tell',
    on: { object: 'box', event: 'updated', fields: ['cost'] },
    steps: [{ do: 'create', object: 'safe', values: { name: { var: 'record.code' } } }],
  },
  { role: 'admin', label: 'Admin', admin: true, grants: { '*': { actions: ['read', 'create', 'update', 'delete'] } } },
  { role: 'rep', label: 'Rep', grants: { box: { actions: ['read', 'update'], records: own, fields: { cost: 'hidden', code: 'read' } } } },
  { role: 'all', label: 'All', grants: { '*': { actions: ['read'], records: own } } },
  {
    navigation: 'main',
    label: 'Main',
    groups: [{ group: 'g', label: 'G', items: [{ object: 'box' }, { object: 'safe' }, { view: 'dear' }, { report: 'costs' }] }],
  },
]
const read = readDefinitions(definitions.map((json, index) => ({ source: String(index), json })))
const { model, issues } = compileModel(read.elements)

const change = (edit: (copy: typeof definitions) => void) => {
  const copy = structuredClone(definitions)
  edit(copy)
  return compileModel(readDefinitions(copy.map((json, index) => ({ source: String(index), json }))).elements).model
}

it('is about sound definitions', () => expect([...read.issues, ...issues]).toEqual([]))

describe('what a member sees of the definitions', () => {
  const seen = narrowDefinitions(read.elements, profileOf(['rep'], model), ['rep']) as Record<string, unknown>[]
  const one = (kind: string, name: string) =>
    seen.find(definition => definition[kind] === name && Object.keys(definition).find(key => key !== 'kind') === kind)

  it('has no hidden field and nothing that reads one', () => {
    expect(Object.keys((one('object', 'box') as { fields: object }).fields)).toEqual(['code', 'price', 'margin'])
    expect(one('object', 'box')).toMatchObject({ title: 'code', sort: [], rules: [{ rule: 'priced' }] })
    expect((one('object', 'box') as { fields: { margin: object } }).fields.margin).toEqual({ type: 'formula', returns: 'decimal' })
    expect(one('form', 'box')).toMatchObject({ sections: [{ section: 'main', fields: ['code'] }], quick: ['code'] })
    expect(one('view', 'boxes')).toMatchObject({ columns: ['code'], sort: [] })
    expect(seen.filter(definition => definition.view === 'dear' || definition.report || definition.workflow)).toEqual([])
    expect(JSON.stringify(seen)).not.toContain('cost')
  })

  it('has no object that they may not read', () => expect(JSON.stringify(seen)).not.toContain('safe'))

  it('has their own role, without its record rules', () =>
    expect(seen.filter(definition => definition.role)).toEqual([
      { role: 'rep', label: 'Rep', grants: { box: { actions: ['read', 'update'], fields: { code: 'read' } } } },
    ]))

  it('leads only to what is left', () =>
    expect(seen.find(definition => definition.navigation)).toMatchObject({ groups: [{ items: [{ object: 'box' }] }] }))

  it('is everything for an admin', () =>
    expect(narrowDefinitions(read.elements, profileOf(['admin', 'rep'], model), ['admin', 'rep'])).toHaveLength(definitions.length))

  it('is nothing but the app for somebody without roles', () =>
    expect(narrowDefinitions(read.elements, profileOf([], model), [])).toEqual([definitions[0]]))
})

describe('profiles', () => {
  it('lay the record rule of "*" over every object', () => {
    const profile = profileOf(['all'], model)
    for (const object of ['box', 'safe']) expect(conditionOf(profile, 'read', object)).toMatchObject({ kind: 'rule', rule: { rule: own } })
    expect(may(profile, 'update', 'box')).toBe(false)
  })

  it('add grants up: a field is hidden only when every role hides it', () => {
    expect(profileOf(['rep'], model).model.objects.box?.fields.cost).toBeUndefined()
    expect(profileOf(['rep', 'all'], model).model.objects.box?.fields.cost).toBeDefined()
  })

  it('are the same for the same rights, whatever the roles are called', () => {
    const twin = change(
      copy =>
        void copy.push({
          role: 'twin',
          label: 'Twin',
          grants: { box: { actions: ['update', 'read'], records: own, fields: { code: 'read', cost: 'hidden' } } },
        } as never),
    )
    expect(profileOf(['twin'], twin).key).toBe(profileOf(['rep'], twin).key)
    expect(profileOf(['all'], twin).key).not.toBe(profileOf(['rep'], twin).key)
  })
})

describe('differences between models', () => {
  const brief = (after: typeof model) =>
    changesOf(model, after).map(({ do: deed, path, properties }) => [deed, path, ...properties].join(' '))

  it('are none for the same definitions', () => expect(brief(change(() => undefined))).toEqual([]))

  it('tell a rename from a removal and an addition', () => {
    const edit = (was?: string[]) =>
      change(copy => {
        const fields = (copy[2] as unknown as { fields: Record<string, object> }).fields
        delete fields.name
        fields.title = { type: 'text', ...(was ? { was } : {}) }
      })
    expect(brief(edit(['name']))[0]).toBe('rename objects/safe/fields/title')
    expect(brief(edit()).slice(0, 2)).toEqual(['add objects/safe/fields/title', 'remove objects/safe/fields/name'])
  })

  it('see a rename undone by the column that is kept', () => {
    const named = change(copy => void Object.assign((copy[2] as unknown as { fields: object }).fields, { name: { type: 'text' } }))
    const safe = (field: string): typeof model => {
      const { name, ...others } = named.objects.safe?.fields ?? {}
      const moved = { ...name, name: field, columns: [{ name: 'first_name', type: 'text' }] }
      return { ...named, objects: { ...named.objects, safe: { ...named.objects.safe, fields: { ...others, [field]: moved } } } } as never
    }
    const changes = changesOf(safe('title'), safe('name'))
    expect(changes.map(({ do: deed, path, was }) => [deed, path, was])).toEqual([
      ['rename', 'objects/safe/fields/name', 'objects/safe/fields/title'],
    ])
  })

  it('see an owner go', () =>
    expect(brief(change(copy => void Object.assign(copy[2] as object, { owner: 'none' })))).toContain('remove objects/safe/fields/owner'))
})

describe('who mentions a field', () => {
  const mentions = (name: string) => {
    const field = model.objects.box?.fields[name]
    return field ? mentionsOf([field], model).flatMap(({ at }) => at) : []
  }

  it('is found in forms, views, rules, formulas, reports, workflows and roles', () =>
    expect(mentions('cost').sort()).toEqual([
      'forms/box/quick/1',
      'forms/box/sections/0/fields/1',
      'forms/box/sections/1/fields/0',
      'objects/box/fields/margin/rule/-/1/var',
      'objects/box/rules/0/must/>/1/var',
      'objects/box/sort/0/field',
      'reports/costs/measures/0/sum',
      'roles/rep/grants/box/fields/cost',
      'views/boxes/columns/1',
      'views/boxes/sort/0/field',
      'views/dear/where/>/0/var',
      'workflows/tell/on/fields/0',
    ]))

  it('is found along lookups', () => expect(mentions('safe')).toContain('views/boxes/columns/2'))
})

describe('the scope of rules', () => {
  it('knows what is never empty', () => {
    const box = model.objects.box
    if (!box) throw new Error('no box')
    const { isNeverNull } = typeScope(box, model.objects)
    const told = (path: string) => isNeverNull?.(path.split('.'))
    for (const path of ['id', 'record.version', 'createdAt', 'updatedAt', 'user.id', 'now', 'today'])
      expect([path, told(path)]).toEqual([path, true])
    for (const path of ['code', 'owner', 'safe.id', 'before.id', 'deletedAt', 'user.name', 'record.user.id'])
      expect([path, told(path)]).toEqual([path, false])
  })
})
