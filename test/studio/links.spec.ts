import { describe, expect, it } from '@jest/globals'
import { readDefinitions } from '@tessera/platform/definitions/check.js'
import { formShape } from '@tessera/platform/forms/form-schema.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { changedOf, startValues } from '../../studio/forms/form-values.js'
import { linksInput, linksSelection } from '../../studio/forms/links-input.js'

const { model, issues } = compileModel(
  readDefinitions(
    [
      { object: 'gadget', plural: 'gadgets', label: 'Gadget', title: 'name', fields: { name: { type: 'text' } } },
      {
        object: 'drive',
        plural: 'drives',
        label: 'Drive',
        title: 'name',
        fields: {
          name: { type: 'text' },
          gadgets: { type: 'manyToMany', to: 'gadget', inverse: 'drives', attributes: { share: { type: 'decimal' } } },
          steps: { type: 'manyToMany', to: 'gadget', inverse: 'stepsOf', ordered: true },
        },
      },
    ].map((json, index) => ({ source: String(index), json })),
  ).elements,
)
const drive = model.objects.drive
const gadgets = drive?.children.gadgets
const steps = drive?.children.steps
if (!drive || !gadgets || !steps) throw new Error(JSON.stringify(issues))
const link = (gadgetId: string, more: object = {}) => ({
  id: `l${gadgetId}`,
  version: 1,
  gadgetId,
  gadget: { id: gadgetId, title: gadgetId },
  ...more,
})

describe('links in a form', () => {
  it('are asked for with their attributes, in their order', () => {
    expect(linksSelection(gadgets, model)).toBe(
      'gadgetsLinks(first: 200) { nodes { id version gadgetId gadget { id title: name } share } }',
    )
    expect(linksSelection(steps, model)).toContain('first: 200, orderBy: [{ position: ASC }]')
  })

  it('are sent as what was linked, changed and removed', () => {
    const before = { nodes: [link('a', { share: '1' }), link('b', { share: null })] }
    const after = [link('a', { share: '2' }), { gadgetId: 'c', gadget: { id: 'c', title: 'C' }, share: '3' }]
    expect(linksInput(gadgets, before, after)).toEqual({
      link: [
        { id: 'a', attributes: { share: '2' } },
        { id: 'c', attributes: { share: '3' } },
      ],
      unlink: ['b'],
    })
    expect(linksInput(gadgets, before, before)).toBeUndefined()
  })

  it('are sent whole when their order changed', () => {
    const before = { nodes: [link('a'), link('b')] }
    expect(linksInput(steps, before, [link('b'), link('a')])).toEqual({ replace: [{ id: 'b' }, { id: 'a' }] })
    expect(linksInput(steps, before, [link('a'), link('b'), { gadgetId: 'c' }])).toEqual({ link: [{ id: 'c' }] })
  })

  it('stand in the form of the object that defines them', () => {
    const shape = formShape(undefined, drive, { isNew: false, mayWrite: () => true })
    expect(shape.sections[0]?.keys).toEqual(expect.arrayContaining(['name', 'gadgets', 'steps']))
    const record = { id: '1', version: 1, name: 'D', gadgetsLinks: { nodes: [link('a')] } }
    const start = startValues(drive, shape, record, {}, {})
    expect(start.gadgets).toEqual([link('a')])
    expect(changedOf(drive, shape, start, { ...start, gadgets: [] }, false)).toEqual({ gadgets: { unlink: ['a'] } })
    expect(
      formShape(undefined, drive, { isNew: false, mayWrite: () => true, mayLink: () => false }).schema.properties.gadgets,
    ).toBeUndefined()
  })
})
