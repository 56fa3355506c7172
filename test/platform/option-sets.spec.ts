import { describe, expect, it } from '@jest/globals'
import { narrowDefinitions } from '../../platform/access/narrow-definitions.js'
import { profileOf } from '../../platform/access/profile.js'
import { readDefinitions } from '../../platform/definitions/check.js'
import { changesOf } from '../../platform/model/changes.js'
import { compileModel } from '../../platform/model/compile.js'

const colours = {
  optionSet: 'colours',
  label: { en: 'Colours', 'zh-CN': '颜色' },
  options: [
    { value: 'red', label: { en: 'Red', 'zh-CN': '红' }, color: 'red' },
    { value: 'old', inactive: true },
  ],
}
const secret = { optionSet: 'secret', label: 'Secret', options: [{ value: 'one' }] }
const chair = (more: object = {}) => ({
  object: 'chair',
  plural: 'chairs',
  label: 'Chair',
  fields: {
    name: { type: 'text', label: 'Name' },
    colour: { type: 'select', label: 'Colour', optionSet: 'colours', ...more },
    cushions: { type: 'multiSelect', label: 'Cushions', optionSet: 'colours' },
    mark: { type: 'select', label: 'Mark', optionSet: 'secret' },
    owners: {
      type: 'manyToMany',
      label: 'Owners',
      to: 'chair',
      inverse: 'owned',
      attributes: { tone: { type: 'select', label: 'Tone', optionSet: 'colours' } },
    },
  },
})
const role = { role: 'guest', label: 'Guest', grants: { chair: { actions: ['read'], fields: { mark: 'hidden' } } } }
const compiled = (...definitions: object[]) => {
  const { elements, issues } = readDefinitions(definitions.map((json, at) => ({ source: `put/${at}`, json })))
  const { model, issues: linked } = compileModel(elements)
  return { elements, model, issues: [...issues, ...linked].map(({ code, path }) => [code, path]) }
}
const optionsAt = ({ model }: ReturnType<typeof compiled>, field: string) =>
  model.objects.chair?.fields[field]?.definition.options?.map(({ value }) => value)

describe('Options that several choices offer', () => {
  it('are those of each field that names the set, and of attributes of links', () => {
    const given = compiled(colours, secret, chair())
    expect(given.issues).toEqual([])
    expect([optionsAt(given, 'colour'), optionsAt(given, 'cushions')]).toEqual([
      ['red', 'old'],
      ['red', 'old'],
    ])
    const tones = Object.values(given.model.objects).flatMap(
      ({ fields }) => fields.tone?.definition.options?.map(({ value }) => value) ?? [],
    )
    expect(tones).toEqual(['red', 'old'])
  })

  it('are missed where the set is not there, with the name that was meant', () => {
    const { issues } = compiled(secret, { ...colours, optionSet: 'colour' }, chair())
    expect(issues).toEqual([
      ['OPTION_SET_UNKNOWN', 'objects/chair/fields/colour/optionSet'],
      ['OPTION_SET_UNKNOWN', 'objects/chair/fields/cushions/optionSet'],
      ['OPTION_SET_UNKNOWN', 'objects/chair/fields/owners/attributes/tone/optionSet'],
    ])
  })

  it('stand beside no options of the field itself, and each value once', () => {
    expect(compiled(colours, secret, chair({ options: [{ value: 'red' }] })).issues).toEqual([
      ['OPTIONS_TWICE', 'objects/chair/fields/colour/options'],
    ])
    const twice = { ...colours, options: [...colours.options, { value: 'red' }] }
    expect(compiled(twice, secret, chair()).issues).toEqual([['OPTION_DOUBLE', 'optionSets/colours/options/2']])
    expect(compiled({ ...colours, options: [] }, secret, chair()).issues.map(([code]) => code)).toContain('SHAPE_INVALID')
  })

  it('change for all fields at once', () => {
    const before = compiled(colours, secret, chair())
    const after = compiled({ ...colours, options: [...colours.options, { value: 'blue' }] }, secret, chair())
    const changed = changesOf(before.model, after.model).map(change => [change.do, change.path, change.properties])
    expect(changed).toEqual(expect.arrayContaining([['change', 'optionSets/colours', ['options']]]))
    expect(optionsAt(after, 'cushions')).toEqual(['red', 'old', 'blue'])
  })

  it('are shown to members who see a field that offers them, and to nobody else', () => {
    const { elements, model } = compiled(colours, secret, chair(), role)
    const seen = narrowDefinitions(elements, profileOf(['guest'], model), ['guest']) as { optionSet?: string }[]
    expect(seen.flatMap(({ optionSet }) => optionSet ?? [])).toEqual(['colours'])
    const none = narrowDefinitions(elements, profileOf([], model), []) as { optionSet?: string }[]
    expect(none.flatMap(({ optionSet }) => optionSet ?? [])).toEqual([])
  })
})
