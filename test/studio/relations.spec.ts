import { describe, expect, it } from '@jest/globals'
import type { Elements } from '@tessera/platform/editing/elements.js'
import { relationsAt, relationsOf } from '../../studio/builder/relations.js'

const object = (name: string, fields: Record<string, object>): Elements => ({
  [`objects/${name}`]: { kind: 'object', name, definition: { object: name, label: name, fields } },
})
const elements: Elements = {
  ...object('shelf', { name: { type: 'text' }, above: { type: 'hierarchy' } }),
  ...object('book', {
    shelf: { type: 'lookup', to: 'shelf', label: 'Stands on' },
    tags: { type: 'manyToMany', to: 'tag' },
    reader: { type: 'user' },
    lost: { type: 'lookup', to: 'nowhere' },
  }),
  ...object('tag', { about: { type: 'polymorphic', to: ['shelf', 'book'] } }),
}

describe('Relations of objects', () => {
  it('lists every object with the number of its fields', () => {
    expect(relationsOf(elements).objects.map(({ name, fields }) => [name, fields])).toEqual([
      ['shelf', 2],
      ['book', 4],
      ['tag', 1],
    ])
  })

  it('lists what points at objects that are there, and not members', () => {
    expect(relationsOf(elements).relations.map(({ id, from, to, type }) => [id, from, to, type])).toEqual([
      ['shelf.above', 'shelf', 'shelf', 'hierarchy'],
      ['book.shelf', 'book', 'shelf', 'lookup'],
      ['book.tags', 'book', 'tag', 'manyToMany'],
      ['tag.about.shelf', 'tag', 'shelf', 'polymorphic'],
      ['tag.about.book', 'tag', 'book', 'polymorphic'],
    ])
  })

  it('finds what an object has part in, from both ends', () => {
    const { relations } = relationsOf(elements)
    expect(relationsAt(relations, 'shelf').map(({ id }) => id)).toEqual(['shelf.above', 'book.shelf', 'tag.about.shelf'])
  })
})
