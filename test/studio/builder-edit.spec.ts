import { describe, expect, it } from '@jest/globals'
import { type Elements, elementsOf } from '@tessera/platform/editing/elements.js'
import { removeField, renameField } from '@tessera/platform/editing/fields.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { addField, changeField, moveField, retypeField } from '../../studio/builder/edit-field.js'
import { addObject } from '../../studio/builder/edit-object.js'
import { freeFieldName, freeObjectNames, nameOf, pluralOf } from '../../studio/builder/names.js'

const live = elementsOf([
  {
    object: 'room',
    plural: 'rooms',
    label: 'Room',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name', required: true },
      price: { type: 'money', label: 'Price' },
      beds: { type: 'integer', label: 'Beds' },
      perBed: { type: 'formula', label: 'Per bed', returns: 'decimal', rule: { '/': [{ var: 'price' }, { var: 'beds' }] } },
    },
    rules: [{ rule: 'notFree', at: ['price'], message: 'No room is free.', must: { '>': [{ var: 'price' }, 0] } }],
  },
  {
    form: 'room',
    label: 'Room',
    object: 'room',
    sections: [{ section: 'basics', label: 'Basics', fields: ['name', { field: 'price', width: 'full' }, 'beds'] }],
    quick: ['name', 'price'],
  },
  {
    view: 'rooms',
    label: 'Rooms',
    object: 'room',
    kind: 'list',
    columns: [{ field: 'name', width: 200 }, 'price', 'beds'],
    sort: [{ field: 'price' }],
  },
  { role: 'porter', label: 'Porter', grants: { room: { actions: ['read'], fields: { price: 'hidden' } } } },
  { navigation: 'house', label: 'House', groups: [{ group: 'main', label: 'Main', items: [{ object: 'room' }, { view: 'rooms' }] }] },
])

const definition = (elements: Elements, path: string) =>
  elements[path]?.definition as never as {
    fields: Record<string, Record<string, unknown>>
    sections: { fields: unknown[] }[]
    columns: unknown[]
    [key: string]: unknown
  }
const issuesOf = (elements: Elements) => compileModel(Object.values(elements)).issues.map(({ code, path }) => `${code} ${path}`)

describe('adding a field', () => {
  const added = addField(live, 'room', { name: 'floor', label: { en: 'Floor' }, type: 'select' })

  it('brings what its type needs, and is sound at once', () => {
    expect(definition(added, 'objects/room').fields.floor).toMatchObject({
      type: 'select',
      label: { en: 'Floor' },
      options: [{ value: 'option1' }, { value: 'option2' }],
    })
    expect(issuesOf(added)).toEqual([])
  })

  it('stands in the form and in the first list', () => {
    expect(definition(added, 'forms/room').sections[0]?.fields.at(-1)).toBe('floor')
    expect(definition(added, 'views/rooms').columns.at(-1)).toBe('floor')
  })

  it('makes the other object list the records of a relation', () => {
    const related = addField(live, 'room', { name: 'annexe', label: 'Annexe', type: 'lookup', to: 'room' })
    expect(definition(related, 'objects/room').fields.annexe).toMatchObject({ to: 'room', inverse: 'rooms', onDelete: 'setNull' })
    expect(issuesOf(related)).toEqual([])
  })
})

describe('removing a field', () => {
  const removed = removeField(live, 'room', 'price')

  it('takes it out of forms, lists, orders and grants', () => {
    expect(definition(removed, 'forms/room')).toMatchObject({ sections: [{ fields: ['name', 'beds'] }], quick: ['name'] })
    expect(definition(removed, 'views/rooms')).toMatchObject({ columns: [{ field: 'name', width: 200 }, 'beds'], sort: [] })
    expect(definition(removed, 'roles/porter')).toMatchObject({ grants: { room: { fields: {} } } })
  })

  it('leaves rules and formulas to people, as issues with their place', () =>
    expect(issuesOf(removed)).toEqual([
      'RULE_FIELD_UNKNOWN objects/room/fields/perBed/rule/~1/0/var',
      'RULE_FIELD_UNKNOWN objects/room/rules/0/must/>/0/var',
    ]))
})

describe('renaming a field', () => {
  const renamed = renameField(live, 'room', 'price', 'rate', true)

  it('keeps its place and remembers the former name', () => {
    expect(Object.keys(definition(renamed, 'objects/room').fields)).toEqual(['name', 'rate', 'beds', 'perBed'])
    expect(definition(renamed, 'objects/room').fields.rate).toMatchObject({ was: ['price'] })
  })

  it('renames it wherever it is named: forms, lists, orders, grants, rules, formulas', () => {
    expect(definition(renamed, 'forms/room')).toMatchObject({
      sections: [{ fields: ['name', { field: 'rate', width: 'full' }, 'beds'] }],
      quick: ['name', 'rate'],
    })
    expect(definition(renamed, 'views/rooms')).toMatchObject({ columns: [{ field: 'name' }, 'rate', 'beds'], sort: [{ field: 'rate' }] })
    expect(definition(renamed, 'roles/porter')).toMatchObject({ grants: { room: { fields: { rate: 'hidden' } } } })
    expect(definition(renamed, 'objects/room')).toMatchObject({ rules: [{ at: ['rate'], must: { '>': [{ var: 'rate' }, 0] } }] })
    expect(definition(renamed, 'objects/room').fields.perBed).toMatchObject({ rule: { '/': [{ var: 'rate' }, { var: 'beds' }] } })
    expect(issuesOf(renamed)).toEqual([])
  })

  it('forgets the way there and back again', () => {
    const back = renameField(renamed, 'room', 'rate', 'price', false)
    expect(definition(back, 'objects/room').fields.price).toMatchObject({ was: ['price'] })
    expect(definition(renameField(renamed, 'room', 'rate', 'price', true), 'objects/room').fields.price).toMatchObject({ was: ['rate'] })
  })

  it('of a field that was never live leaves no former name', () =>
    expect(definition(renameField(live, 'room', 'beds', 'places', false), 'objects/room').fields.places).not.toHaveProperty('was'))

  it('goes on inside of messages, and in the rules of fields', () => {
    const ruled = elementsOf([
      {
        object: 'hall',
        plural: 'halls',
        label: 'Hall',
        fields: { seats: { type: 'integer' }, note: { type: 'text', requiredWhen: { '>': [{ var: 'seats' }, 9] } } },
        rules: [{ rule: 'r', message: { en: 'Not {seats} seats.' }, must: true }],
      },
    ])
    expect(definition(renameField(ruled, 'hall', 'seats', 'chairs', false), 'objects/hall')).toMatchObject({
      fields: { note: { requiredWhen: { '>': [{ var: 'chairs' }, 9] } } },
      rules: [{ message: { en: 'Not {chairs} seats.' } }],
    })
  })

  it('reaches into examples: what they give, of related records and rows too, and what they expect of names', () => {
    const desk = {
      object: 'desk',
      plural: 'desks',
      label: 'Desk',
      fields: {
        hall: { type: 'masterDetail', to: 'hall', inverse: 'desks' },
        seats: { type: 'integer', label: 'Seats' },
      },
    }
    const hall = (seats: string, missing: string) => ({
      object: 'hall',
      plural: 'halls',
      label: 'Hall',
      fields: {
        [seats]: { type: 'integer', label: 'Seats' },
        word: { type: 'text', label: 'Word' },
        twin: { type: 'lookup', label: 'Twin', to: 'hall', inverse: 'twins' },
        gap: {
          type: 'formula',
          label: 'Gap',
          returns: 'text',
          rule: { first: [{ missing: [seats, 'word'] }] },
          examples: [{ given: { word: 'seats' }, expect: missing }],
        },
      },
      rules: [
        {
          rule: 'enough',
          message: 'No.',
          must: { '>': [{ var: seats }, { sum: [{ var: 'desks' }, { min: [{ var: 'seats' }, { var: `parent.${seats}` }] }] }] },
          examples: [
            {
              given: { [seats]: 9, word: 'seats', desks: [{ seats: 3 }], twin: { [seats]: 1, word: 'x' }, before: { [seats]: 8 } },
              expect: true,
            },
          ],
        },
      ],
    })
    const { was: _, ...chairs } = definition(
      renameField(elementsOf([hall('seats', 'seats'), desk]), 'hall', 'seats', 'chairs', false),
      'objects/hall',
    ) as {
      was?: unknown
    }
    expect(chairs).toEqual(hall('chairs', 'chairs'))
    const renamed = renameField(elementsOf([hall('seats', 'seats'), desk]), 'desk', 'seats', 'chairs', false)
    expect(definition(renamed, 'objects/hall')).toMatchObject({
      rules: [
        {
          must: { '>': [{ var: 'seats' }, { sum: [{ var: 'desks' }, { min: [{ var: 'chairs' }, { var: 'parent.seats' }] }] }] },
          examples: [{ given: { seats: 9, desks: [{ chairs: 3 }] } }],
        },
      ],
    })
  })

  it('reaches what a transition and a state write', () => {
    const states = (note: string) => ({
      object: 'hall',
      plural: 'halls',
      label: 'Hall',
      fields: {
        [note]: { type: 'text', label: 'Note' },
        status: {
          type: 'select',
          label: 'Status',
          options: [{ value: 'open' }, { value: 'shut', enter: { [note]: 'shut' } }],
          states: {
            initial: ['open'],
            transitions: [
              {
                transition: 'shut',
                label: 'Shut',
                from: ['open'],
                to: 'shut',
                set: { [note]: 'gone' },
                when: { '!': [{ isEmpty: [{ var: note }] }] },
                examples: [{ given: { [note]: 'x' }, expect: true }],
              },
            ],
          },
        },
      },
    })
    expect(definition(renameField(elementsOf([states('note')]), 'hall', 'note', 'remark', false), 'objects/hall')).toEqual(states('remark'))
  })
})

describe('changing fields', () => {
  it('moves one among the others', () =>
    expect(Object.keys(definition(moveField(live, 'room', 'perBed', 0), 'objects/room').fields)).toEqual([
      'perBed',
      'name',
      'price',
      'beds',
    ]))

  it('sets properties and takes them away', () => {
    const changed = changeField(live, 'room', 'name', { required: undefined, maxLength: 40 })
    expect(definition(changed, 'objects/room').fields.name).toEqual({ type: 'text', label: 'Name', maxLength: 40 })
  })

  it('keeps on a change of type what the new type takes too', () => {
    const bounded = changeField(live, 'room', 'beds', { min: 1, required: true, default: 2 })
    expect(definition(retypeField(bounded, 'room', 'beds', 'decimal'), 'objects/room').fields.beds).toEqual({
      type: 'decimal',
      label: 'Beds',
      min: 1,
      required: true,
    })
    expect(definition(retypeField(bounded, 'room', 'beds', 'text'), 'objects/room').fields.beds).toEqual({
      type: 'text',
      label: 'Beds',
      required: true,
    })
  })
})

describe('objects', () => {
  it('comes with a title, a form, a list, a way in the navigation and grants, and is sound', () => {
    const added = addObject(live, {
      name: 'guest',
      plural: 'guests',
      label: { en: 'Guest', 'zh-CN': '客人' },
      navigation: 'house',
      roles: ['porter'],
    })
    expect(issuesOf(added)).toEqual([])
    expect(definition(added, 'views/guests')).toMatchObject({ label: { en: 'All guests', 'zh-CN': '全部客人' }, kind: 'list' })
    expect(definition(added, 'navigation/house')).toMatchObject({
      groups: [{ items: [{ object: 'room' }, { view: 'rooms' }, { object: 'guest' }] }],
    })
    expect(definition(added, 'roles/porter')).toMatchObject({ grants: { guest: { actions: ['read', 'create', 'update'] } } })
  })
})

describe('names', () => {
  const plain = (text: string) => text.split(' ')
  const chinese: Readonly<Record<string, string[]>> = { 培训班: ['pei', 'xun', 'ban'] }
  const spell = (text: string) => chinese[text] ?? plain(text)

  it.each([
    ['Training class', 'trainingClass'],
    ['VIP customer', 'vipCustomer'],
    ['培训班', 'peiXunBan'],
    ['2nd phone', 'field2ndPhone'],
    ['!!!', 'field'],
  ])('are made of %s', (label, name) => expect(nameOf(label, spell, 'field')).toBe(name))

  it('come from the English label when there is one', () =>
    expect(nameOf({ en: 'Training class', 'zh-CN': '培训班' }, spell, 'object')).toBe('trainingClass'))

  it.each([
    ['class', 'classes'],
    ['category', 'categories'],
    ['day', 'days'],
    ['box', 'boxes'],
    ['trainingClass', 'trainingClasses'],
  ])('of several %s are %s', (one, many) => expect(pluralOf(one)).toBe(many))

  it('collide with no object, generated type or reserved word', () => {
    expect(freeObjectNames(live, 'room')).toEqual({ name: 'room2', plural: 'room2s' })
    expect(freeObjectNames(live, 'query').name).toBe('query2')
    expect(freeObjectNames(live, 'guest')).toEqual({ name: 'guest', plural: 'guests' })
  })

  it('collide with no field, former name or field that every record has', () => {
    expect(freeFieldName(live, 'room', 'price')).toBe('price2')
    expect(freeFieldName(live, 'room', 'version')).toBe('version2')
    expect(freeFieldName(renameField(live, 'room', 'price', 'rate', true), 'room', 'price')).toBe('price2')
    expect(freeFieldName(live, 'room', 'floor')).toBe('floor')
  })
})
