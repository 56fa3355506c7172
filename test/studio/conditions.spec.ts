import { describe, expect, it } from '@jest/globals'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { conditionOn } from '../../studio/fields/condition-fields.js'
import { isComplete, operatorsOf, readConditions, whereOf, writeConditions } from '../../studio/fields/conditions.js'
import { countedIn } from '../../studio/views/list/counted.js'
import { filterFields } from '../../studio/views/list/first-condition.js'

const definition = {
  object: 'visit',
  plural: 'visits',
  label: 'Visit',
  title: 'name',
  fields: {
    name: { type: 'text' },
    places: { type: 'integer' },
    fee: { type: 'money' },
    day: { type: 'date' },
    state: { type: 'select', options: [{ value: 'open' }, { value: 'done' }] },
    host: { type: 'lookup', to: 'visit' },
  },
}
const element = elementOf(definition)
const visit = compileModel(element ? [element] : []).model.objects.visit as ObjectModel

describe('conditions in an address', () => {
  it('come back as they were written', () => {
    const conditions = [
      { field: 'state', operator: 'in', value: ['open', 'done'] },
      { field: 'fee', operator: 'between', value: ['10', '20.5'] },
      { field: 'name', operator: 'iContains', value: 'a.b;c,d %' },
      { field: 'day', operator: 'within', value: 'this:month' },
      { field: 'host', operator: 'isNull', value: true },
    ] as const
    expect(readConditions(writeConditions(conditions), visit)).toEqual(conditions)
  })

  it('leave out what names no field and no comparison', () => {
    expect(readConditions('ghost.eq.1;name.resembles.x;__proto__.eq.1;state.in.open', visit)).toEqual([
      { field: 'state', operator: 'in', value: ['open'] },
    ])
    expect(readConditions('name.eq.%E0%A4%A', visit)).toEqual([])
  })
})

describe('conditions as a question to the API', () => {
  it('are none without conditions, one alone, and several joined', () => {
    expect(whereOf(visit, [])).toBeUndefined()
    expect(whereOf(visit, [{ field: 'state', operator: 'in', value: ['open'] }])).toEqual({ state: { in: ['open'] } })
    expect(whereOf(visit, [{ field: 'places', operator: 'gte', value: '3' }], [{ '==': [1, 1] }])).toEqual({
      and: [{ rule: { '==': [1, 1] } }, { places: { gte: 3 } }],
    })
  })

  it('name a relation by its key and a span of days by its parts', () => {
    expect(whereOf(visit, [{ field: 'host', operator: 'in', value: ['x'] }])).toEqual({ hostId: { in: ['x'] } })
    expect(whereOf(visit, [{ field: 'day', operator: 'within', value: 'last:7' }])).toEqual({
      day: { within: { last: { count: 7, unit: 'DAY' } } },
    })
  })

  it('leave out what is not finished', () => {
    expect(isComplete({ field: 'fee', operator: 'between', value: ['1', null] })).toBe(false)
    expect(whereOf(visit, [{ field: 'name', operator: 'eq', value: '' }])).toBeUndefined()
  })
})

describe('conditions on links and on fields that point at several objects', () => {
  const definitions = [
    { object: 'pet', plural: 'pets', label: 'Pet', title: 'name', fields: { name: { type: 'text' } } },
    {
      object: 'home',
      plural: 'homes',
      label: 'Home',
      title: 'name',
      fields: {
        name: { type: 'text' },
        animals: { type: 'manyToMany', label: 'Animals', to: 'pet', inverse: 'homes' },
        about: { type: 'polymorphic', label: 'About', to: ['home', 'pet'], inverse: 'notes' },
        friends: { type: 'rollup', label: 'Friends', of: 'animals', function: 'count', where: { '!=': [{ var: 'name' }, 'Rex'] } },
      },
    },
  ]
  const { model, issues } = compileModel(definitions.flatMap(one => elementOf(one) ?? []))
  const home = model.objects.home as ObjectModel
  const pet = model.objects.pet as ObjectModel

  it('are offered beside fields, in their own words', () => {
    expect(issues).toEqual([])
    expect(filterFields(home).map(field => `${field.name} ${operatorsOf(field).join(' ')}`)).toEqual(
      expect.arrayContaining(['animals hasAny hasNone hasAll isNull', 'about in isNull', 'aboutType in notIn isNull']),
    )
    expect(filterFields(pet).map(({ name }) => name)).toContain('homes')
    expect(home.fields.aboutType?.definition.options).toEqual([
      { value: 'home', label: 'Home' },
      { value: 'pet', label: 'Pet' },
    ])
  })

  it('come back from an address and ask for links', () => {
    const asked = [
      [{ field: 'animals', operator: 'hasAny', value: ['a', 'b'] }, { animals: { some: { id: { in: ['a', 'b'] } } } }],
      [{ field: 'animals', operator: 'hasNone', value: ['a'] }, { animals: { none: { id: { in: ['a'] } } } }],
      [
        { field: 'animals', operator: 'hasAll', value: ['a', 'b'] },
        { and: [{ animals: { some: { id: { in: ['a'] } } } }, { animals: { some: { id: { in: ['b'] } } } }] },
      ],
      [{ field: 'animals', operator: 'isNull', value: true }, { animals: { none: {} } }],
      [{ field: 'animals', operator: 'isNull', value: false }, { animals: { some: {} } }],
      [{ field: 'about', operator: 'in', value: ['a'] }, { aboutId: { in: ['a'] } }],
      [{ field: 'aboutType', operator: 'in', value: ['pet'] }, { aboutType: { in: ['pet'] } }],
    ] as const
    for (const [condition, where] of asked) {
      expect(readConditions(writeConditions([condition]), home)).toEqual([condition])
      expect(whereOf(home, [condition])).toEqual(where)
    }
  })

  it('find the records of a link from its other end, and those that a rollup counts', () => {
    const animals = home.children.animals
    expect(animals && conditionOn(animals, 'x', model)).toEqual({ field: 'homes', operator: 'hasAny', value: ['x'] })
    const homes = pet.children.homes
    expect(homes && conditionOn(homes, 'x', model)).toEqual({ field: 'animals', operator: 'hasAny', value: ['x'] })
    const notes = pet.children.notes
    expect(notes && conditionOn(notes, 'x', model)).toEqual({ field: 'about', operator: 'in', value: ['x'] })
    const countedBy = (query: Record<string, string>, object = pet) => countedIn(new URLSearchParams(query), object, model)
    expect(countedBy({ of: 'home.friends' })).toEqual({ kind: 'counted', label: 'Friends', rule: { '!=': [{ var: 'name' }, 'Rex'] } })
    for (const text of ['', 'home', 'home.name', 'home.friends.x', '__proto__.friends', 'home.__proto__'])
      expect(countedBy({ of: text }, home)).toBeUndefined()
    expect(countedBy({}, home)).toBeUndefined()
  })

  it('show the records that break a rule', () => {
    const must = { '!=': [{ var: 'name' }, 'Rex'] }
    const ruled = { ...pet, rules: [{ name: 'noRex', message: 'No Rex', definition: { must } } as unknown as (typeof pet.rules)[number]] }
    expect(countedIn(new URLSearchParams({ breaks: 'noRex' }), ruled, model)).toEqual({
      kind: 'breaks',
      label: 'No Rex',
      rule: { '!': [must] },
    })
    for (const text of ['', 'other', '__proto__']) expect(countedIn(new URLSearchParams({ breaks: text }), ruled, model)).toBeUndefined()
  })
})
