import { describe, expect, it } from '@jest/globals'
import { type Elements, elementsOf, type Json } from '@tessera/platform/editing/elements.js'
import { renameField } from '@tessera/platform/editing/fields.js'
import { mergeThree } from '@tessera/platform/editing/three-way.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import fc from 'fast-check'

const room = {
  object: 'room',
  plural: 'rooms',
  label: { en: 'Room', 'zh-CN': '房间' },
  title: 'name',
  fields: {
    name: { type: 'text', label: 'Name', required: true },
    price: { type: 'money', label: 'Price' },
    view: { type: 'select', label: 'View', options: [{ value: 'sea' }, { value: 'yard' }, { value: 'road' }] },
    perBed: { type: 'formula', label: 'Half', returns: 'decimal', rule: { '/': [{ var: 'price' }, 2] } },
  },
  rules: [{ rule: 'notFree', at: ['price'], message: 'No room is free.', must: { '>': [{ var: 'price' }, 0] } }],
}
const form = {
  form: 'room',
  label: 'Room',
  object: 'room',
  sections: [
    { section: 'basics', label: 'Basics', fields: ['name', 'price'] },
    { section: 'more', label: 'More', fields: ['view'] },
  ],
}
const list = { view: 'rooms', label: 'Rooms', object: 'room', kind: 'list', columns: ['name', 'price', 'view'] }
const base = elementsOf([room, form, list])

const changed = (elements: Elements, path: string, change: (definition: Json) => Json): Elements => {
  const element = elements[path]
  return element ? { ...elements, [path]: { ...element, definition: change(element.definition) } } : elements
}
const withField = (name: string, change: (field: Json) => Json | undefined) => (elements: Elements) =>
  changed(elements, 'objects/room', definition => {
    const fields = Object.entries(definition.fields as Record<string, Json>).flatMap(([key, field]) => {
      const next = key === name ? change(field) : field
      return next === undefined ? [] : [[key, next] as const]
    })
    return { ...definition, fields: Object.fromEntries(fields) }
  })
const columns = (names: readonly string[]) => (elements: Elements) =>
  changed(elements, 'views/rooms', view => ({ ...view, columns: names }))
const fieldOf = (elements: Elements, name: string) =>
  (elements['objects/room']?.definition.fields as Record<string, Json> | undefined)?.[name]
const told = (conflicts: ReturnType<typeof mergeThree>['conflicts']) => conflicts.map(({ path, at }) => [path, ...at].join('/'))

describe('what two sides made of the same definitions', () => {
  it('is both, where they changed different properties', () => {
    const theirs = withField('price', field => ({ ...field, required: true }))(base)
    const mine = withField('price', field => ({ ...field, label: 'Rate' }))(base)
    const { elements, conflicts } = mergeThree(base, theirs, mine)
    expect(conflicts).toEqual([])
    expect(fieldOf(elements, 'price')).toEqual({ type: 'money', label: 'Rate', required: true })
  })

  it('is a conflict where both gave one property different values, and what is decided stands', () => {
    const theirs = withField('price', field => ({ ...field, label: 'Cost' }))(base)
    const mine = withField('price', field => ({ ...field, label: 'Rate' }))(base)
    expect(mergeThree(base, theirs, mine).conflicts).toEqual([
      { path: 'objects/room', at: ['fields', 'price', 'label'], isOrder: false, base: 'Price', theirs: 'Cost', mine: 'Rate' },
    ])
    expect(fieldOf(mergeThree(base, theirs, mine).elements, 'price')?.label).toBe('Rate')
    expect(fieldOf(mergeThree(base, theirs, mine, conflict => conflict.theirs).elements, 'price')?.label).toBe('Cost')
    expect(fieldOf(mergeThree(base, theirs, mine, () => 'Fee').elements, 'price')?.label).toBe('Fee')
  })

  it('is no conflict where both made the same of it', () => {
    const both = withField('price', field => ({ ...field, label: 'Rate' }))(base)
    expect(mergeThree(base, both, both)).toEqual({ elements: both, conflicts: [] })
  })

  it('is a conflict where one removed what the other one changed', () => {
    const theirs = withField('view', () => undefined)(base)
    const mine = withField('view', field => ({ ...field, label: 'Outlook' }))(base)
    const { conflicts } = mergeThree(base, theirs, mine)
    expect(told(conflicts)).toEqual(['objects/room/fields/view'])
    expect(conflicts[0]?.theirs).toBeUndefined()
  })

  it('has what one side removed no more', () => {
    const theirs = withField('view', () => undefined)(base)
    expect(fieldOf(mergeThree(base, theirs, base).elements, 'view')).toBeUndefined()
    const { 'views/rooms': _, ...without } = base
    expect(Object.keys(mergeThree(base, without, base).elements)).toEqual(['objects/room', 'forms/room'])
  })

  it('merges lists of named things item by item, with both additions in their places', () => {
    const mine = columns(['name', 'perBed', 'price', 'view'])(base)
    const theirs = columns(['name', 'price', 'view', 'createdAt'])(base)
    const { elements, conflicts } = mergeThree(base, theirs, mine)
    expect(conflicts).toEqual([])
    expect(elements['views/rooms']?.definition.columns).toEqual(['name', 'perBed', 'price', 'view', 'createdAt'])
  })

  it('follows the one that put a list in another order', () => {
    const theirs = columns(['view', 'name', 'price'])(base)
    const mine = columns(['name', 'price'])(base)
    expect(mergeThree(base, theirs, mine).elements['views/rooms']?.definition.columns).toEqual(['name', 'price'])
    expect(
      mergeThree(base, theirs, columns(['name', 'price', 'view', 'perBed'])(base)).elements['views/rooms']?.definition.columns,
    ).toEqual(['view', 'perBed', 'name', 'price'])
  })

  it('asks which order, where both gave a list another one', () => {
    const { conflicts } = mergeThree(base, columns(['view', 'name', 'price'])(base), columns(['price', 'name', 'view'])(base))
    expect(conflicts).toEqual([
      {
        path: 'views/rooms',
        at: ['columns'],
        isOrder: true,
        base: ['name', 'price', 'view'],
        theirs: ['view', 'name', 'price'],
        mine: ['price', 'name', 'view'],
      },
    ])
  })

  it('takes rules whole: two changes of one rule are a conflict, never a mixture', () => {
    const at = (limit: number) =>
      changed(base, 'objects/room', definition => ({
        ...definition,
        rules: [{ ...room.rules[0], must: { '>': [{ var: 'price' }, limit] } }],
      }))
    expect(told(mergeThree(base, at(1), at(2)).conflicts)).toEqual(['objects/room/rules/notFree/must'])
  })

  it('knows a column by its field, whether it has a width or not', () => {
    const wide = changed(base, 'views/rooms', view => ({ ...view, columns: ['name', { field: 'price', width: 200 }, 'view'] }))
    expect(mergeThree(base, wide, columns(['name', 'price'])(base)).elements['views/rooms']?.definition.columns).toEqual([
      'name',
      { field: 'price', width: 200 },
    ])
  })

  it('follows a field that one side renamed into what the other side changed and added', () => {
    const theirs = renameField(base, 'room', 'price', 'rate', true)
    const mine = columns(['name', 'view', 'price'])(withField('price', field => ({ ...field, required: true }))(base))
    const { elements, conflicts } = mergeThree(base, theirs, mine)
    expect(conflicts).toEqual([])
    expect(fieldOf(elements, 'rate')).toEqual({ type: 'money', label: 'Price', required: true, was: ['price'] })
    expect(elements['views/rooms']?.definition.columns).toEqual(['name', 'view', 'rate'])
    expect(compileModel(Object.values(elements)).issues).toEqual([])
  })

  it('keeps my name where both renamed a field', () => {
    const { elements } = mergeThree(base, renameField(base, 'room', 'price', 'rate', true), renameField(base, 'room', 'price', 'fee', true))
    expect(Object.keys(elements['objects/room']?.definition.fields as Json)).toEqual(['name', 'fee', 'view', 'perBed'])
    expect(compileModel(Object.values(elements)).issues).toEqual([])
  })
})

/** One edit of a field: a property set or taken away, or the field itself added or removed. */
interface Deed {
  readonly field: string
  readonly property: string | null
  readonly value: string | null
}

const names = ['a', 'b', 'c', 'd', 'e', 'f']
const start = elementsOf([
  {
    object: 'thing',
    plural: 'things',
    label: 'Thing',
    title: 'a',
    fields: Object.fromEntries(names.map(name => [name, { type: 'text', label: name, help: name }])),
  },
])
const deed: fc.Arbitrary<Deed> = fc.record({
  field: fc.constantFrom(...names, 'x', 'y'),
  property: fc.constantFrom('label', 'help', 'pattern', null),
  value: fc.constantFrom('one', 'two', 'three', null),
})

const fieldsIn = (elements: Elements) => (elements['objects/thing']?.definition.fields ?? {}) as Record<string, Json>
const done = (elements: Elements, { field, property, value }: Deed): Elements =>
  changed(elements, 'objects/thing', definition => {
    const fields = { ...(definition.fields as Record<string, Json>) }
    const present = fields[field]
    if (property === null) {
      if (value === null) delete fields[field]
      else fields[field] ??= { type: 'text', label: value }
    } else if (present) {
      const { [property]: _, ...rest } = present
      fields[field] = value === null ? rest : { ...rest, [property]: value }
    }
    return { ...definition, fields }
  })

/** What stands where, as texts: of every field its properties. */
const leaves = (elements: Elements): ReadonlyMap<string, unknown> =>
  new Map(
    Object.entries(fieldsIn(elements)).flatMap(([name, field]) => Object.entries(field).map(([key, value]) => [`${name}/${key}`, value])),
  )
const sorted = (elements: Elements) => [...leaves(elements)].map(([place, value]) => `${place} ${String(value)}`).sort()

describe('any two sides', () => {
  it('merge so that each place is as the one who changed it has it, or is told as a conflict', () => {
    const deeds = fc.array(deed, { maxLength: 6 })
    fc.assert(
      fc.property(deeds, deeds, (left, right) => {
        const [theirs, mine] = [left.reduce(done, start), right.reduce(done, start)]
        const { elements, conflicts } = mergeThree(start, theirs, mine)
        const contested = new Set(conflicts.map(({ at }) => at.slice(1).join('/')))
        const isContested = (place: string) => contested.has(place) || contested.has(place.split('/')[0] ?? '')
        const [was, other, own, result] = [leaves(start), leaves(theirs), leaves(mine), leaves(elements)]
        for (const place of new Set([...was.keys(), ...other.keys(), ...own.keys()])) {
          const values = { base: was.get(place), theirs: other.get(place), mine: own.get(place) }
          const bothChanged = values.theirs !== values.base && values.mine !== values.base && values.theirs !== values.mine
          if (bothChanged) expect(isContested(place)).toBe(true)
          if (!isContested(place)) expect(result.get(place)).toBe(values.mine === values.base ? values.theirs : values.mine)
        }
        if (conflicts.length === 0) expect(sorted(mergeThree(start, mine, theirs).elements)).toEqual(sorted(elements))
      }),
      { numRuns: 1_000 },
    )
  })

  it('are themselves where the other one did nothing', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 8 }), deeds => {
        const one = deeds.reduce(done, start)
        expect(mergeThree(start, one, start)).toEqual({ elements: one, conflicts: [] })
        expect(mergeThree(start, start, one)).toEqual({ elements: one, conflicts: [] })
      }),
      { numRuns: 500 },
    )
  })
})
