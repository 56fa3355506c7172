import { describe, expect, it } from '@jest/globals'
import type { Elements } from '@tessera/platform/editing/elements.js'
import { offersAt } from '../../studio/builder/json-completion.js'
import { type Place, shapeOfKind } from '../../studio/builder/json-place.js'

const elements: Elements = {
  'objects/tool': {
    kind: 'object',
    name: 'tool',
    definition: { object: 'tool', fields: { name: { type: 'text' }, price: { type: 'money' }, owner: { type: 'lookup' } } },
  },
  'objects/loan': { kind: 'object', name: 'loan', definition: { object: 'loan', fields: { tool: { type: 'lookup' } } } },
  'views/allTools': { kind: 'view', name: 'allTools', definition: { view: 'allTools', object: 'tool' } },
}
const at = (steps: Place['steps'], more: Partial<Place> = {}): Place => ({ steps, beside: {}, isKey: false, ...more })
const step = (key: string | number, beside: Record<string, unknown> = {}) => ({ key, beside })
const labels = (kind: string, place: Place, object: string | null = null) =>
  offersAt(shapeOfKind(kind), place, elements, object).map(({ label }) => label)

describe('What can be written into a definition', () => {
  it('are the properties of its kind that are not there yet', () => {
    const offered = labels('view', at([], { isKey: true, beside: { view: 'x', kind: 'list' } }))
    expect(offered).toEqual(expect.arrayContaining(['object', 'columns', 'where', 'sort']))
    expect(offered).not.toContain('kind')
    expect(offered).not.toContain('$schema')
  })

  it('says which properties are needed', () => {
    const offers = offersAt(shapeOfKind('view'), at([], { isKey: true }), elements, null)
    expect(offers.find(({ label }) => label === 'object')?.isRequired).toBe(true)
    expect(offers.find(({ label }) => label === 'where')?.isRequired).toBe(false)
  })

  it('are the values that a shape names', () => {
    expect(labels('view', at([step('kind')]))).toEqual(['list', 'board'])
    expect(labels('form', at([step('sections'), step(0), step('collapsed')]))).toEqual(['true', 'false'])
  })

  it('depends on what stands beside: a field takes the properties of its type', () => {
    const field = (type: string) => at([step('fields'), step('x')], { isKey: true, beside: { type } })
    expect(labels('object', field('select'))).toContain('options')
    expect(labels('object', field('text'))).not.toContain('options')
    expect(labels('object', field('lookup'))).toContain('to')
  })

  it('are types of fields where a type is written', () => {
    expect(labels('object', at([step('fields'), step('x'), step('type')]))).toEqual(expect.arrayContaining(['text', 'money', 'lookup']))
  })

  it('are names of definitions and of fields of the object that is meant', () => {
    expect(labels('view', at([step('object')]))).toEqual(['tool', 'loan'])
    expect(labels('view', at([step('groupBy')]), 'tool')).toEqual(['name', 'price', 'owner'])
    expect(labels('view', at([step('columns'), step(0)]), 'tool')).toEqual(expect.arrayContaining(['name', 'price', '{}']))
    expect(labels('object', at([step('fields'), step('x'), step('to')]), 'tool')).toContain('loan')
  })

  it('are objects in the grants of a role, and fields of the granted object', () => {
    expect(labels('role', at([step('grants')], { isKey: true, beside: { tool: null } }))).toEqual(['loan'])
    expect(labels('role', at([step('grants'), step('tool'), step('fields')], { isKey: true }))).toEqual(['name', 'price', 'owner'])
  })

  it('are operators in a rule, and fields where it names one', () => {
    expect(labels('view', at([step('where')], { isKey: true }), 'tool')).toEqual(expect.arrayContaining(['and', '==', 'var']))
    expect(labels('view', at([step('where'), step('=='), step(0), step('var')]), 'tool')).toEqual(['name', 'price', 'owner'])
  })

  it('is nothing where no shape leads', () => {
    expect(labels('view', at([step('nothingLikeIt'), step('x')], { isKey: true }))).toEqual([])
  })
})
