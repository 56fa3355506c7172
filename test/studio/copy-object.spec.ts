import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { elementOf, elementPath } from '@tessera/platform/definitions/index.js'
import type { Elements } from '@tessera/platform/editing/elements.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { addCopy } from '../../studio/builder/copy-object.js'

const files = readdirSync('metadata/crm', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.json'))
const shipped: Elements = Object.fromEntries(
  files.flatMap(file => {
    const element = elementOf(JSON.parse(readFileSync(`metadata/crm/${file}`, 'utf8')))
    return element ? [[elementPath(element), element]] : []
  }),
)
const objects = Object.values(shipped).flatMap(({ kind, name }) => (kind === 'object' ? [name] : []))
const made = { name: 'copyOfIt', plural: 'copiesOfIt', label: { en: 'Copy' }, navigation: null, roles: [] }
const copyOf = (object: string) => addCopy(shipped, made, object)
const definitionAt = (elements: Elements, path: string) => elements[path]?.definition ?? {}

describe('An object that begins as another one', () => {
  it.each(objects)('is sound at once, as a copy of %s', object => {
    expect(compileModel(Object.values(copyOf(object))).issues).toEqual([])
  })

  it('has the fields, the form and the list of the other, without what belongs to that one alone', () => {
    const copy = copyOf('opportunity')
    const { fields, title } = definitionAt(copy, 'objects/copyOfIt') as unknown as {
      fields: Record<string, { inverse?: string }>
      title: string
    }
    expect(Object.keys(fields)).toEqual(expect.arrayContaining(['name', 'stage', 'amount', 'customer']))
    expect(Object.keys(fields)).not.toContain('linesTotal')
    expect(Object.values(fields).some(({ inverse }) => inverse !== undefined)).toBe(false)
    expect(title).toBe('name')
    const form = definitionAt(copy, 'forms/copyOfIt').sections as { fields: unknown[] }[]
    expect(form.length).toBeGreaterThan(1)
    expect((definitionAt(copy, 'views/copiesOfIt').columns as unknown[]).length).toBeGreaterThan(1)
  })

  it('points at itself where the other does', () => {
    const { fields } = definitionAt(copyOf('customer'), 'objects/copyOfIt') as unknown as { fields: Record<string, { to?: string }> }
    expect(Object.values(fields).filter(({ to }) => to === 'customer')).toEqual([])
  })

  it('leaves everything that was there as it was', () => {
    const copy = copyOf('order')
    expect(Object.keys(shipped).filter(path => copy[path] !== shipped[path])).toEqual([])
  })
})
