import { describe, expect, it } from '@jest/globals'
import { type Elements, elementsOf, type Json } from '@tessera/platform/editing/elements.js'
import { installed, removed, upgraded } from '@tessera/platform/editing/layers.js'

const customer = { object: 'customer', plural: 'customers', label: 'Customer', fields: { name: { type: 'text', label: 'Name' } } }
const menu = { navigation: 'sales', label: 'Sales', groups: [{ group: 'main', label: 'Main', items: [{ object: 'customer' }] }] }
const workspace = elementsOf([customer, menu])

const supplier = { object: 'supplier', plural: 'suppliers', label: 'Supplier', fields: { name: { type: 'text', label: 'Name' } } }
/** A package with an object of its own, and parts of two definitions of others. */
const pack = elementsOf([
  supplier,
  { object: 'customer', fields: { supplier: { type: 'lookup', to: 'supplier', label: 'Supplier' } } },
  { navigation: 'sales', groups: [{ group: 'buying', label: 'Buying', items: [{ object: 'supplier' }] }] },
])
const fieldsOf = (elements: Elements, object: string) => Object.keys((elements[`objects/${object}`]?.definition.fields ?? {}) as Json)
const groupsOf = (elements: Elements) =>
  ((elements['navigation/sales']?.definition.groups ?? []) as { group: string }[]).map(({ group }) => group)
const labelled = (elements: Elements, path: string, label: string): Elements => {
  const element = elements[path]
  return element ? { ...elements, [path]: { ...element, definition: { ...element.definition, label } } } : elements
}
const told = ({ conflicts }: ReturnType<typeof installed>) => conflicts.map(({ path, at }) => [path, ...at].join('/'))

describe('a package', () => {
  const with1 = installed(workspace, pack)

  it('adds its definitions, and its parts to those of others', () => {
    expect(with1.conflicts).toEqual([])
    expect(fieldsOf(with1.elements, 'supplier')).toEqual(['name'])
    expect(fieldsOf(with1.elements, 'customer').sort()).toEqual(['name', 'supplier'])
    expect(groupsOf(with1.elements).sort()).toEqual(['buying', 'main'])
    expect(with1.elements['objects/customer']?.definition.label).toBe('Customer')
  })

  it('leaves as it was whatever it did not bring, when it goes again', () => {
    const without = removed(with1.elements, pack)
    expect(without.conflicts).toEqual([])
    expect(without.elements).toEqual(workspace)
  })

  it('goes with what the workspace changed of it, which is told; what the workspace added elsewhere stays', () => {
    const changed = labelled(labelled(with1.elements, 'objects/supplier', 'Vendor'), 'objects/customer', 'Client')
    const without = removed(changed, pack)
    expect(told(without)).toEqual(['objects/supplier'])
    expect(without.elements).toEqual(labelled(workspace, 'objects/customer', 'Client'))
    expect(removed(changed, pack, ({ mine }) => mine).elements['objects/supplier']?.definition.label).toBe('Vendor')
  })

  it('in a later version changes what the workspace left alone, and keeps what it changed', () => {
    const next = elementsOf([
      { ...supplier, label: 'Supplier or maker', fields: { ...supplier.fields, rating: { type: 'rating', label: 'Rating' } } },
      { navigation: 'sales', groups: [{ group: 'buying', label: 'Purchase', items: [{ object: 'supplier' }] }] },
    ])
    const renamed = upgraded(labelled(with1.elements, 'objects/supplier', 'Vendor'), pack, next)
    expect(told(renamed)).toEqual(['objects/supplier/label'])
    expect(renamed.elements['objects/supplier']?.definition.label).toBe('Vendor')
    expect(fieldsOf(renamed.elements, 'supplier')).toEqual(['name', 'rating'])
    expect(fieldsOf(renamed.elements, 'customer')).toEqual(['name'])
    expect(renamed.elements['navigation/sales']?.definition.groups).toContainEqual(
      expect.objectContaining({ group: 'buying', label: 'Purchase' }),
    )
  })

  it('says where the workspace has something else under the same name', () => {
    const own = elementsOf([customer, menu, { ...supplier, label: 'Our suppliers' }])
    expect(told(installed(own, pack))).toEqual(['objects/supplier/label'])
    expect(installed(own, pack).elements['objects/supplier']?.definition.label).toBe('Our suppliers')
  })
})
