import { describe, expect, it } from '@jest/globals'
import { type Elements, elementsOf } from '@tessera/platform/editing/elements.js'
import {
  applyEntries,
  conflictsOf,
  type Draft,
  edited,
  emptyDraft,
  joined,
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
    expect(conflictsOf(draft, live, theirs)).toEqual([])
    const moved = rebased(draft, 8, live, theirs)
    expect(moved.base).toBe(8)
    expect(applyEntries(theirs, moved.entries)['objects/bed']?.definition).toMatchObject({ label: 'Cot' })
    expect(applyEntries(theirs, moved.entries)['objects/room']?.definition).toMatchObject({ label: 'Hall' })
  })

  it('is none either when it changed another property of the same definition: the draft has both', () => {
    const theirs = elementsOf([{ ...room, icon: 'door-open' }, bed])
    expect(conflictsOf(draft, live, theirs)).toEqual([])
    expect(applyEntries(theirs, rebased(draft, 8, live, theirs).entries)['objects/room']?.definition).toMatchObject({
      label: 'Hall',
      icon: 'door-open',
    })
  })

  it('is a conflict when it gave the same property another value, and either can be kept', () => {
    const theirs = elementsOf([{ ...room, label: 'Chamber' }, bed])
    expect(conflictsOf(draft, live, theirs)).toMatchObject([{ path: 'objects/room', at: ['label'], theirs: 'Chamber', mine: 'Hall' }])
    expect(applyEntries(theirs, rebased(draft, 8, live, theirs).entries)['objects/room']?.definition).toMatchObject({ label: 'Hall' })
    expect(rebased(draft, 8, live, theirs, conflict => conflict.theirs).entries).toEqual({})
  })

  it('leaves nothing of a draft that it already holds, however its keys are ordered', () => {
    const published = elementsOf([
      { $schema: '../../schema/object.json', object: 'room', fields: room.fields, label: 'Hall', plural: 'rooms' },
      bed,
    ])
    expect(conflictsOf(draft, live, published)).toEqual([])
    expect(rebased(draft, 8, live, published).entries).toEqual({})
  })
})

describe('what somebody else saved of the same draft', () => {
  const helped = (label: string) => (elements: Elements) => {
    const element = elements['objects/bed']
    return element ? { ...elements, 'objects/bed': { ...element, definition: { ...element.definition, label } } } : elements
  }
  const begun = edit(emptyDraft(7), labelled('Hall'), 'a')
  const theirs = edit(begun, helped('Cot'), 'theirs')
  const mine = edit(begun, labelled('Ballroom'), 'mine')
  const { draft, conflicts } = joined(mine, begun.entries, theirs.entries, live)
  const labels = (entries: Draft['entries']) => Object.values(applyEntries(live, entries)).map(({ definition }) => definition.label)

  it('joins what I have', () => {
    expect(labels(draft.entries)).toEqual(['Ballroom', 'Cot'])
    expect(conflicts).toEqual([])
  })

  it('stays when I take back my own edits', () => {
    expect(labels(undone(draft).entries)).toEqual(['Hall', 'Cot'])
    expect(labels(redone(undone(draft)).entries)).toEqual(['Ballroom', 'Cot'])
  })

  it('yields to mine where both changed the same, and says so', () => {
    const same = joined(mine, begun.entries, edit(begun, labelled('Saloon'), 'theirs').entries, live)
    expect(labels(same.draft.entries)).toEqual(['Ballroom', 'Bed'])
    expect(same.conflicts).toMatchObject([{ path: 'objects/room', at: ['label'], theirs: 'Saloon', mine: 'Ballroom' }])
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
