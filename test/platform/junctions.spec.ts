import { describe, expect, it } from '@jest/globals'
import { profileOf } from '../../platform/access/profile.js'
import { readDefinitions } from '../../platform/definitions/check.js'
import { compileModel } from '../../platform/model/compile.js'
import { render } from '../../platform/sql/sql.js'
import { assignStorage, emptyStorage, withStorage } from '../../platform/tables/storage.js'
import { tables } from '../../platform/tables/tables.js'

const pet = { object: 'pet', plural: 'pets', label: 'Pet', title: 'name', fields: { name: { type: 'text' }, weight: { type: 'decimal' } } }
const home = (owners: object, more: object = {}) => ({
  object: 'home',
  plural: 'homes',
  label: 'Home',
  title: 'name',
  fields: { name: { type: 'text' }, animals: { type: 'manyToMany', to: 'pet', inverse: 'homes', ...owners }, ...more },
})
const compiled = (...documents: readonly object[]) => {
  const { elements, issues } = readDefinitions(documents.map((json, index) => ({ source: String(index), json })))
  const { model, issues: found } = compileModel(elements)
  return { model, issues: [...issues, ...found].map(({ code, path }) => `${code} ${path}`) }
}

describe('the junction of a many-to-many', () => {
  const { model, issues } = compiled(
    home({ attributes: { since: { type: 'date' } }, ordered: true, labels: [{ value: 'guest', max: 2 }], max: 9 }),
    pet,
  )
  const junction = model.objects.homeAnimalsLink

  it('is an object with a field for each end, its attributes, a role and a position', () => {
    expect(issues).toEqual([])
    expect(Object.values(junction?.fields ?? {}).flatMap(({ name, system }) => (system ? [] : [name]))).toEqual([
      'since',
      'label',
      'position',
      'home',
      'pet',
    ])
    expect(junction?.junction).toMatchObject({ object: 'home', field: 'animals', near: 'home', far: 'pet', max: 9, limits: { guest: 2 } })
    expect(junction?.hasOwner).toBe(false)
  })

  it('is reached from both ends, as links and as what they lead to', () => {
    const of = (name: string) =>
      Object.values(model.objects[name]?.children ?? {}).map(child => `${child.name} ${child.object} ${child.owned}`)
    expect(of('home')).toEqual(['animalsLinks homeAnimalsLink false', 'animals pet false'])
    expect(of('pet')).toEqual(['homesLinks homeAnimalsLink false', 'homes home false'])
  })

  it('lets two records be linked once, among live links', () => {
    const placed = withStorage(model, assignStorage(model, [emptyStorage]))
    const [table] = tables(placed, { trigram: false }).filter(({ object }) => object === 'homeAnimalsLink')
    const pair = table?.indexes.find(({ name }) => name === 'home_animals_link_pair_unique')
    expect(pair?.unique).toBe(true)
    expect(pair && render(pair.on, 'w').text).toBe('("home_id", "pet_id") where "deleted_at" is null')
  })

  it('keeps its table when the object or the field is renamed', () => {
    const before = assignStorage(model, [emptyStorage])
    const renamed = compiled({ ...home({ was: ['animals'] }), object: 'house', plural: 'houses', was: ['home'] }, pet)
    const fields = { ...renamed.model.objects.house?.definition.fields }
    expect(Object.keys(fields)).toContain('animals')
    const after = assignStorage(renamed.model, [before])
    expect(after.objects.houseAnimalsLink?.table).toBe('home_animals_link')
    expect(after.objects.houseAnimalsLink?.columns.houseId?.name).toBe('home_id')
  })

  it('calls the other end of links within one object by another name', () => {
    const friends = { ...pet, fields: { ...pet.fields, friends: { type: 'manyToMany', to: 'pet', inverse: 'friendOf' } } }
    const own = compiled(friends)
    expect(own.issues).toEqual([])
    expect(own.model.objects.petFriendsLink?.junction).toMatchObject({ near: 'pet', far: 'otherPet' })
  })

  it('tells what is wrong with it where it is defined', () => {
    expect(compiled(home({ to: 'cat' }), pet).issues).toEqual(['RELATION_TARGET_UNKNOWN objects/home/fields/animals/to'])
    expect(compiled(home({ attributes: { pet: { type: 'text' } } }), pet).issues).toEqual([
      'NAME_TAKEN objects/home/fields/animals/attributes/pet',
    ])
    expect(compiled(home({ inverse: 'name' }), pet).issues).toEqual(['NAME_TAKEN objects/home/fields/animals/inverse'])
    expect(compiled(home({ attributes: { n: { type: 'rollup', of: 'x', function: 'count' } } }), pet).issues).toContain(
      'PROPERTY_UNFIT objects/home/fields/animals/attributes/n',
    )
    expect(compiled(home({ attributes: { n: { type: 'integer', oops: 1 } } }), pet).issues).toContain(
      'PROPERTY_UNKNOWN objects/home/fields/animals/attributes/n/oops',
    )
    const link = { object: 'homeAnimals', plural: 'homeAnimalsAll', label: 'x', fields: { name: { type: 'text' } } }
    expect(compiled(home({}), pet, link).issues.filter(found => found.startsWith('NAME_TAKEN'))).toHaveLength(1)
  })

  it('mirrors what rollups over it read at the other end, for nobody to see', () => {
    const heavy = { type: 'rollup', of: 'animals', function: 'sum', field: 'weight', where: { '>': [{ var: 'weight' }, 2] } }
    const role = { role: 'all', label: 'All', grants: { home: { actions: ['read'] }, pet: { actions: ['read'] } } }
    const { model: counting, issues: found } = compiled(home({}, { heavy }), pet, role)
    expect(found).toEqual([])
    expect(counting.objects.homeAnimalsLink?.junction?.mirrors).toEqual(['pet$weight', 'home$where$heavy'])
    expect(counting.objects.home?.fields.heavy?.rollup).toMatchObject({ object: 'homeAnimalsLink', relation: 'home', field: 'pet$weight' })
    const seen = Object.keys(profileOf(['all'], counting).model.objects.homeAnimalsLink?.fields ?? {})
    expect(seen).toContain('pet')
    expect(seen.filter(name => name.includes('$'))).toEqual([])
  })
})

describe('a field that points at several objects, and values of related records', () => {
  it('are checked where they are defined', () => {
    const note = (fields: object) => ({ object: 'note', plural: 'notes', label: 'Note', fields })
    expect(compiled(note({ about: { type: 'polymorphic', to: ['pet', 'cat'], inverse: 'notes' } }), pet).issues).toEqual([
      'RELATION_TARGET_UNKNOWN objects/note/fields/about/to/1',
    ])
    const value = (of: string, field: string) =>
      note({ pet: { type: 'lookup', to: 'pet' }, seen: { type: 'lookupValue', of, field, mode: 'live' } })
    expect(compiled(value('pet', 'weight'), pet).issues).toEqual([])
    expect(compiled(value('pat', 'weight'), pet).issues).toEqual(['FIELD_UNKNOWN objects/note/fields/seen/of'])
    expect(compiled(value('pet', 'wait'), pet).issues).toEqual(['FIELD_UNKNOWN objects/note/fields/seen/field'])
    const copied = (at: string) => ({
      pet: { type: 'lookup', to: 'pet' },
      seen: { type: 'lookupValue', of: 'pet', field: 'weight', mode: 'snapshot', at },
      status: {
        type: 'select',
        options: [{ value: 'open' }, { value: 'closed' }],
        states: { initial: ['open'], transitions: [{ transition: 'close', label: 'Close', from: ['open'], to: 'closed' }] },
      },
    })
    expect(compiled(note(copied('close')), pet).issues).toEqual([])
    expect(compiled(note(copied('shut')), pet).issues).toEqual(['TRANSITION_UNKNOWN objects/note/fields/seen/at'])
    const tree = { ...pet, fields: { ...pet.fields, n: { type: 'rollup', of: 'notes', function: 'count', tree: true } } }
    expect(compiled(note({ pet: { type: 'lookup', to: 'pet', inverse: 'notes' } }), tree).issues).toEqual([
      'PROPERTY_UNFIT objects/pet/fields/n/tree',
    ])
  })
})
