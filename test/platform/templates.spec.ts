import { describe, expect, it } from '@jest/globals'
import { narrowDefinitions } from '../../platform/access/narrow-definitions.js'
import { profileOf } from '../../platform/access/profile.js'
import { canonical } from '../../platform/definitions/canonical.js'
import { readDefinitions } from '../../platform/definitions/check.js'
import { changesOf } from '../../platform/model/changes.js'
import { mentionsOf } from '../../platform/model/mentions.js'
import { compileWithTemplates } from '../../platform/model/templates.js'
import { touchedBy } from '../../platform/model/touched.js'

const tool = {
  object: 'tool',
  plural: 'tools',
  label: { en: 'Tool', 'zh-CN': '工具' },
  fields: {
    name: { type: 'text', label: 'Name' },
    state: { type: 'select', label: 'State', optionSet: 'conditions' },
    spareFor: { type: 'lookup', label: 'Spare for', to: 'tool', inverse: 'spares' },
    room: { type: 'lookup', label: 'Room', to: 'room', inverse: 'tools' },
    isHigh: { type: 'formula', label: 'High', returns: 'boolean', rule: { '>': [{ var: 'room.building.floors' }, 3] } },
  },
}
const form = { form: 'tool', label: 'Tool', object: 'tool', sections: [{ section: 'basics', fields: ['name', 'room'] }] }
const board = { view: 'toolBoard', label: 'By state', object: 'tool', kind: 'board', groupBy: 'state' }
const template = (...elements: unknown[]) => ({ template: 'tool', label: 'Tool', elements })
const building = {
  object: 'building',
  plural: 'buildings',
  label: 'Building',
  fields: { name: { type: 'text', label: 'Name' }, floors: { type: 'integer', label: 'Floors' } },
}
const room = {
  object: 'room',
  plural: 'rooms',
  label: 'Room',
  fields: { name: { type: 'text', label: 'Name' }, building: { type: 'lookup', label: 'Building', to: 'building', inverse: 'rooms' } },
}
const conditions = { optionSet: 'conditions', label: 'Conditions', options: [{ value: 'good' }, { value: 'worn' }] }
const live = [conditions, building, room]

const compiled = (...definitions: object[]) => {
  const { elements, issues } = readDefinitions(definitions.map((json, at) => ({ source: `put/${at}`, json })))
  const { model, issues: linked } = compileWithTemplates(elements)
  return { elements, model, issues: [...issues, ...linked].map(({ code, path }) => [code, path]) }
}
const problems = (...elements: unknown[]) => compiled(...live, template(...elements)).issues
const withFields = (fields: object) => ({ ...tool, fields: { ...tool.fields, ...fields } })

describe('A template', () => {
  it('holds an object with its forms and views, which are sound beside what lives', () => {
    expect(problems(tool, form, board)).toEqual([])
  })

  it('makes nothing live', () => {
    const { model } = compiled(...live, template(tool, form, board))
    expect([Object.keys(model.objects), Object.keys(model.forms), Object.keys(model.views)]).toEqual([['building', 'room'], [], []])
    expect(Object.keys(model.templates)).toEqual(['tool'])
  })

  it('tells what is wrong with the shape of what it holds, at its place', () => {
    const misshapen = withFields({
      size: { type: 'integer', label: 'Size', required: 'yes' },
      colour: { type: 'text', label: 'Colour', hue: 1 },
    })
    expect(problems(misshapen, { ...board, kind: 'pile' })).toEqual([
      ['SHAPE_INVALID', 'templates/tool/elements/0/fields/size/required'],
      ['PROPERTY_UNKNOWN', 'templates/tool/elements/0/fields/colour/hue'],
      ['SHAPE_INVALID', 'templates/tool/elements/1/kind'],
    ])
  })

  it('tells what leads nowhere, as live definitions do', () => {
    const astray = withFields({
      shelf: { type: 'lookup', label: 'Shelf', to: 'shelf' },
      state: { type: 'select', label: 'State', optionSet: 'shapes' },
      isHigh: { type: 'formula', label: 'High', returns: 'boolean', rule: { '>': [{ var: 'room.height' }, 3] } },
    })
    expect(problems(astray, { ...form, sections: [{ section: 'basics', fields: ['size'] }] })).toEqual(
      expect.arrayContaining([
        ['RELATION_TARGET_UNKNOWN', 'templates/tool/elements/0/fields/shelf/to'],
        ['OPTION_SET_UNKNOWN', 'templates/tool/elements/0/fields/state/optionSet'],
        ['RULE_FIELD_UNKNOWN', 'templates/tool/elements/0/fields/isHigh/rule/>/0/var'],
        ['FIELD_UNKNOWN', 'templates/tool/elements/1/sections/0/fields/0'],
      ]),
    )
  })

  it('says so when what it points at is removed', () => {
    expect(compiled(conditions, building, template(tool)).issues).toEqual(
      expect.arrayContaining([['RELATION_TARGET_UNKNOWN', 'templates/tool/elements/0/fields/room/to']]),
    )
  })

  it('holds one object, and only what is for it', () => {
    const other = { ...tool, object: 'box', plural: 'boxes', fields: { name: tool.fields.name } }
    expect(problems(form)).toContainEqual(['TEMPLATE_OBJECT', 'templates/tool/elements'])
    expect(problems(tool, other)).toEqual([['TEMPLATE_OBJECT', 'templates/tool/elements']])
    expect(problems(tool, { ...form, object: 'room', sections: [{ section: 'basics', fields: ['name'] }] })).toEqual([
      ['TEMPLATE_ASTRAY', 'templates/tool/elements/1/object'],
    ])
    expect(problems(tool, { role: 'keeper', label: 'Keeper', grants: {} }, { thing: 'x' })).toEqual([
      ['TEMPLATE_KIND', 'templates/tool/elements/1'],
      ['KIND_UNKNOWN', 'templates/tool/elements/2'],
    ])
    expect(problems(tool, form, form)).toContainEqual(['ELEMENT_DOUBLE', 'templates/tool/elements/2'])
  })

  it('may have the names of what lives, since it is taken under others', () => {
    expect(compiled(...live, template(tool, form, board), tool, form, board).issues).toEqual([])
    expect(compiled(...live, template({ ...tool, plural: 'rooms' })).issues).toEqual([])
    expect(problems({ ...tool, object: 'query', plural: 'queries' })).not.toEqual([])
  })

  it('is not named among what a change of a live object touches', () => {
    const before = compiled(...live, template(tool, form), tool, form)
    const field = before.model.objects.tool?.fields.name
    expect(mentionsOf(field ? [field] : [], before.model).map(({ kind }) => kind)).toEqual(['form'])
    const after = compiled(...live, template(tool, form))
    const touched = touchedBy(changesOf(before.model, after.model), before.model).filter(({ path }) => path === 'objects/tool')
    expect(touched.flatMap(({ mentions }) => mentions.map(({ kind }) => kind))).toEqual(['form'])
  })

  it('changes like any other definition', () => {
    const [before, after] = [compiled(...live, template(tool)), compiled(...live, template(tool, form))]
    expect(changesOf(before.model, after.model).map(change => [change.do, change.path, change.properties])).toEqual([
      ['change', 'templates/tool', ['elements']],
    ])
  })

  it('is printed with each definition in its own order', () => {
    const { object, fields, ...rest } = tool
    const text = canonical(template({ object, fields, ...rest }))
    expect(Object.keys(JSON.parse(text).elements[0])).toEqual(['object', 'plural', 'label', 'fields'])
    expect(canonical(JSON.parse(text))).toBe(text)
  })

  it('is for those who build alone', () => {
    const role = { role: 'guest', label: 'Guest', grants: { room: { actions: ['read'] } } }
    const { elements, model } = compiled(...live, role, template(tool))
    const kinds = narrowDefinitions(elements, profileOf(['guest'], model), ['guest']).map(definition => Object.keys(definition)[0])
    expect(kinds).not.toContain('template')
  })
})
