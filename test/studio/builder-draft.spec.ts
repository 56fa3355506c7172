import { describe, expect, it } from '@jest/globals'
import { type Elements, elementsOf } from '@tessera/platform/editing/elements.js'
import {
  applyEntries,
  conflictsOf,
  type Draft,
  edited,
  emptyDraft,
  putsOf,
  rebased,
  redone,
  removalsOf,
  reorderedIn,
  undone,
} from '../../studio/builder/draft.js'

const room = { object: 'room', plural: 'rooms', label: 'Room', fields: { name: { type: 'text' } } }
const bed = { object: 'bed', plural: 'beds', label: 'Bed', fields: { name: { type: 'text' } } }
const live = elementsOf([room, bed])

const labelled =
  (label: string) =>
  (elements: Elements): Elements => {
    const element = elements['objects/room']
    return element ? { ...elements, 'objects/room': { ...element, definition: { ...element.definition, label } } } : elements
  }
const without = (path: string) => (elements: Elements) => Object.fromEntries(Object.entries(elements).filter(([other]) => other !== path))

function edit(draft: Draft, change: (elements: Elements) => Elements, key = 'any', at = 0): Draft {
  return edited(draft, live, change(applyEntries(live, draft.entries)), { key, at, path: null })
}

describe('a draft over what is live', () => {
  it('holds only what differs, as definitions to put and names to remove', () => {
    const draft = edit(edit(emptyDraft(7), labelled('Hall'), 'a'), without('objects/bed'), 'b')
    expect(putsOf(draft.entries)).toEqual([{ ...room, label: 'Hall' }])
    expect(removalsOf(draft.entries)).toEqual([{ kind: 'object', name: 'bed' }])
    expect(Object.keys(applyEntries(live, draft.entries))).toEqual(['objects/room'])
  })

  it('is empty again when a change is taken back by hand', () =>
    expect(edit(edit(emptyDraft(7), labelled('Hall'), 'a'), labelled('Room'), 'b').entries).toEqual({}))

  it('goes back and forth step by step', () => {
    const first = edit(emptyDraft(7), labelled('Hall'), 'a')
    const second = edit(first, labelled('Ballroom'), 'b')
    expect(undone(second).entries).toEqual(first.entries)
    expect(redone(undone(second)).entries).toEqual(second.entries)
    expect(undone(undone(undone(second))).entries).toEqual({})
  })

  it('takes quick edits of the same thing as one step, later ones as another', () => {
    const typed = edit(edit(emptyDraft(7), labelled('Ha'), 'label', 100), labelled('Hall'), 'label', 400)
    expect(undone(typed).entries).toEqual({})
    const later = edit(typed, labelled('Hallway'), 'label', 9000)
    expect(undone(later).entries).toEqual(typed.entries)
  })

  it('forgets what could be redone when something else is edited', () => {
    const back = undone(edit(emptyDraft(7), labelled('Hall'), 'a'))
    expect(redone(edit(back, labelled('Ballroom'), 'b')).entries['objects/room']?.after).toMatchObject({ label: 'Ballroom' })
  })
})

describe('a version that somebody else published meanwhile', () => {
  const draft = edit(emptyDraft(7), labelled('Hall'))

  it('is no conflict when it changed something else; the draft then stands on it', () => {
    const theirs = elementsOf([room, { ...bed, label: 'Cot' }])
    expect(conflictsOf(draft, theirs)).toEqual([])
    const moved = rebased(draft, 8, theirs)
    expect(moved.base).toBe(8)
    expect(applyEntries(theirs, moved.entries)['objects/bed']?.definition).toMatchObject({ label: 'Cot' })
    expect(applyEntries(theirs, moved.entries)['objects/room']?.definition).toMatchObject({ label: 'Hall' })
  })

  it('is a conflict when it changed the same definition, and either form can be kept', () => {
    const theirs = elementsOf([{ ...room, label: 'Chamber' }, bed])
    expect(conflictsOf(draft, theirs)).toEqual(['objects/room'])
    expect(applyEntries(theirs, rebased(draft, 8, theirs, 'mine').entries)['objects/room']?.definition).toMatchObject({ label: 'Hall' })
    expect(rebased(draft, 8, theirs, 'theirs').entries).toEqual({})
  })

  it('leaves nothing of a draft that it already holds, however its keys are ordered', () => {
    const published = elementsOf([
      { $schema: '../../schema/object.json', object: 'room', fields: room.fields, label: 'Hall', plural: 'rooms' },
      bed,
    ])
    expect(conflictsOf(draft, published)).toEqual([])
    expect(rebased(draft, 8, published).entries).toEqual({})
  })
})

describe('a draft that only puts things into another order', () => {
  it('is told as such, since no single change names it', () => {
    const draft = edit(emptyDraft(7), labelled('Hall'))
    expect(reorderedIn(draft.entries, []).map(entry => entry.name)).toEqual(['room'])
    expect(reorderedIn(draft.entries, [{ path: 'objects/room', was: null }])).toEqual([])
    expect(reorderedIn(draft.entries, [{ path: 'objects/room/fields/name', was: null }])).toEqual([])
    expect(reorderedIn(draft.entries, [{ path: 'objects/rooms', was: null }])).toHaveLength(1)
  })
})
