import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { FormDefinition } from '../../platform/definitions/form.js'
import { type Dragged, dropped, type NewTexts, type Target, takes } from '../../studio/builder/form-drop.js'
import {
  addSection,
  addTab,
  changePlaced,
  changeSection,
  moveSection,
  moveTab,
  partAt,
  placedName,
  placedNames,
  putField,
  putQuick,
  removeSection,
  removeTab,
  sectionsIn,
  tabWith,
  takeOut,
  takeQuick,
} from '../../studio/builder/form-edits.js'
import { placeOfPath } from '../../studio/builder/places.js'

const form: FormDefinition = {
  form: 'deal',
  label: 'Deal',
  object: 'deal',
  sections: [
    { section: 'main', label: 'Main', fields: ['name', { field: 'stage', width: 'full' }, 'amount'] },
    { section: 'more', label: 'More', fields: ['notes'] },
  ],
}
const texts: NewTexts = { section: 'New section', text: 'Text', tab: 'New tab', firstTab: 'General' }
const fieldsOf = (given: FormDefinition) => given.sections.map(({ section, fields }) => [section, ...fields.map(placedName)].join(' '))
const tabbed = addTab(form, 'Rest', 'General')

describe('placing fields in a form', () => {
  it('moves one within its section, with all that the form says of it', () => {
    const moved = putField(form, 'stage', { section: 'main', at: 0 })
    expect(moved.sections[0]?.fields).toEqual([{ field: 'stage', width: 'full' }, 'name', 'amount'])
  })

  it('moves one into another section, adds what is new, and takes one out', () => {
    expect(fieldsOf(putField(form, 'name', { section: 'more', at: 1 }))).toEqual(['main stage amount', 'more notes name'])
    expect(fieldsOf(putField(form, 'owner', { section: 'more', at: 0 }))).toEqual(['main name stage amount', 'more owner notes'])
    expect(fieldsOf(takeOut(form, 'notes'))).toEqual(['main name stage amount', 'more'])
  })

  it('leaves a form as it is when the section is not there', () => expect(putField(form, 'name', { section: 'gone', at: 0 })).toBe(form))

  it('names what has nothing said of it by its name alone', () => {
    const wide = changePlaced(form, 'name', { width: 'full' })
    expect(wide.sections[0]?.fields[0]).toEqual({ field: 'name', width: 'full' })
    expect(changePlaced(wide, 'name', { width: undefined })).toEqual(form)
  })

  it('keeps an order of its own for quick create, and the usual fields where none is left', () => {
    const quick = putQuick(putQuick(form, 'name', 0), 'stage', 0)
    expect(quick.quick).toEqual(['stage', 'name'])
    expect(takeQuick(takeQuick(quick, 'name'), 'stage')).toEqual(form)
  })
})

describe('sections and tabs of a form', () => {
  it('are added under names that are free, and removed but for the last section', () => {
    const added = addSection(form, { section: 'main', label: 'Again', fields: [] })
    expect(added.sections.map(({ section }) => section)).toEqual(['main', 'more', 'main2'])
    expect(fieldsOf(removeSection(form, 'main'))).toEqual(['more notes'])
    expect(fieldsOf(removeSection(removeSection(form, 'main'), 'more'))).toEqual(['more notes'])
  })

  it('stand in the first tab when a tab is added, and the new one has a section to be filled', () => {
    expect(tabbed.tabs).toEqual([
      { tab: 'tab1', label: 'General' },
      { tab: 'tab2', label: 'Rest' },
    ])
    expect(tabbed.sections.map(({ section, tab }) => [section, tab])).toEqual([
      ['main', 'tab1'],
      ['more', 'tab1'],
      ['tab2', 'tab2'],
    ])
  })

  it('move between tabs, above them, and among their like', () => {
    expect(sectionsIn(moveSection(tabbed, 'main', 'tab2', 0), 'tab2').map(({ section }) => section)).toEqual(['main', 'tab2'])
    expect(sectionsIn(moveSection(tabbed, 'more', undefined, 0), undefined).map(({ section }) => section)).toEqual(['more'])
    expect(sectionsIn(moveSection(tabbed, 'more', 'tab1', 0), 'tab1').map(({ section }) => section)).toEqual(['more', 'main'])
    expect(moveTab(tabbed, 'tab2', 0).tabs?.map(({ tab }) => tab)).toEqual(['tab2', 'tab1'])
  })

  it('outlive their tab: without any it is the form as it was', () => {
    expect(fieldsOf(removeTab(tabbed, 'tab1'))).toEqual(['main name stage amount', 'more notes', 'tab2'])
    expect(removeTab(removeTab(tabbed, 'tab2'), 'tab1')).toEqual(form)
  })

  it('take and lose properties', () => {
    expect(changeSection(changeSection(form, 'more', { columns: 1 }), 'more', { columns: undefined })).toEqual(form)
  })
})

describe('the part of a form that a path leads to', () => {
  it('is what is placed, a section or a tab, with the tab in which it is seen', () => {
    const found = (path: string) => {
      const part = partAt(tabbed, path)
      return part && [part.kind, part.name, tabWith(tabbed, part)].join(' ')
    }
    expect(found('sections/0/fields/1/requiredWhen/==/0')).toBe('field stage tab1')
    expect(found('sections/2/visibleWhen')).toBe('section tab2 tab2')
    expect(found('tabs/1/label')).toBe('tab tab2 tab2')
    expect([found('sections/9'), found('quick/0'), found('')]).toEqual([null, null, null])
  })

  it('is what a problem leads to', () => {
    expect(placeOfPath('forms/deal/sections/0/fields/1/requiredWhen')).toBe(
      '/studio/forms/deal?at=sections%2F0%2Ffields%2F1%2FrequiredWhen',
    )
    expect(['forms/deal/quick/0', 'forms/deal/when', 'forms/deal'].map(placeOfPath)).toEqual([
      '/studio/forms/deal?tab=quick',
      '/studio/forms/deal?tab=settings',
      '/studio/forms/deal',
    ])
  })
})

describe('dropping', () => {
  const drop = (dragged: Dragged, target: Target, on = form) => fieldsOf(dropped(on, dragged, target, texts))

  it('puts a field at the place of the one below it, wherever it came from', () => {
    expect(drop({ kind: 'field', name: 'name' }, { kind: 'field', name: 'amount' })).toEqual(['main stage amount name', 'more notes'])
    expect(drop({ kind: 'field', name: 'amount' }, { kind: 'field', name: 'name' })).toEqual(['main amount name stage', 'more notes'])
    expect(drop({ kind: 'field', name: 'owner' }, { kind: 'field', name: 'notes' })).toEqual(['main name stage amount', 'more owner notes'])
    expect(drop({ kind: 'field', name: 'name' }, { kind: 'end', name: 'more' })).toEqual(['main stage amount', 'more notes name'])
    expect(drop({ kind: 'field', name: 'name' }, { kind: 'tab', name: 'tab2' }, tabbed)).toEqual([
      'main stage amount',
      'more notes',
      'tab2 name',
    ])
  })

  it('puts a section at the place of another one, or to the end of a tab', () => {
    expect(drop({ kind: 'section', name: 'main' }, { kind: 'section', name: 'more' })).toEqual(['more notes', 'main name stage amount'])
    expect(drop({ kind: 'section', name: 'main' }, { kind: 'tab', name: 'tab2' }, tabbed)).toEqual([
      'more notes',
      'tab2',
      'main name stage amount',
    ])
  })

  it('adds a section before the one that it is dropped at, a text, a tab', () => {
    expect(drop({ kind: 'newSection' }, { kind: 'section', name: 'more' })).toEqual(['main name stage amount', 'section', 'more notes'])
    expect(drop({ kind: 'newSection' }, { kind: 'end', name: 'main' })).toEqual(['main name stage amount', 'more notes', 'section'])
    const text = dropped(form, { kind: 'newText' }, { kind: 'section', name: 'main' }, texts).sections[0]
    expect(text).toEqual({ section: 'text', help: 'Text', fields: [] })
    expect(dropped(form, { kind: 'newTab' }, { kind: 'section', name: 'main' }, texts)).toEqual(addTab(form, 'New tab', 'General'))
  })

  it('is possible for fields among fields, for sections among sections', () => {
    const targets = (['field', 'end', 'section', 'tab'] as const).map(kind => ({ kind, name: 'x' }))
    expect(targets.map(target => takes({ kind: 'field', name: 'a' }, target))).toEqual([true, true, false, true])
    expect(targets.map(target => takes({ kind: 'newSection' }, target))).toEqual([false, false, true, true])
  })
})

const name = fc.constantFrom('name', 'stage', 'amount', 'notes', 'owner')
const section = fc.constantFrom('main', 'more', 'section', 'tab2', 'text')
const tab = fc.constantFrom('tab1', 'tab2', 'tab3')
const at = fc.integer({ min: 0, max: 6 })
type Step = (given: FormDefinition) => FormDefinition
const moves: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(section, fc.option(tab, { nil: undefined }), at).map(
    ([which, to, place]): Step =>
      given =>
        moveSection(given, which, given.tabs?.some(known => known.tab === to) ? to : undefined, place),
  ),
  fc.tuple(tab, at).map(
    ([which, place]): Step =>
      given =>
        moveTab(given, which, place),
  ),
  tab.map(
    (which): Step =>
      given =>
        removeTab(given, which),
  ),
  fc.constant<Step>(given => addTab(given, 'Tab', 'General')),
  fc.constant<Step>(given => addSection(given, { section: 'section', fields: [] })),
  fc.tuple(name, name).map(
    ([which, target]): Step =>
      given =>
        placedNames(given).includes(which) && placedNames(given).includes(target)
          ? dropped(given, { kind: 'field', name: which }, { kind: 'field', name: target }, texts)
          : given,
  ),
  fc.tuple(name, section, at).map(
    ([which, to, place]): Step =>
      given =>
        placedNames(given).includes(which) ? putField(given, which, { section: to, at: place }) : given,
  ),
)
const start = { ...putField(form, 'owner', { section: 'more', at: 0 }), tabs: [{ tab: 'tab1', label: 'One' }] } as FormDefinition
const content = (given: FormDefinition) => given.sections.flatMap(({ fields }) => fields.map(placed => JSON.stringify(placed))).toSorted()

describe('any sequence of moves', () => {
  it('keeps everything that is placed exactly once, with what is said of it', () => {
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 12 }), steps => {
        const end = steps.reduce((given, step) => step(given), start)
        expect(content(end)).toEqual(content(start))
      }),
    )
  })

  it('leaves names of sections and tabs unlike, every section in a tab that is there, and at least one section', () => {
    fc.assert(
      fc.property(fc.array(moves, { maxLength: 12 }), steps => {
        const end = steps.reduce((given, step) => step(given), start)
        const sections = end.sections.map(known => known.section)
        const tabs = (end.tabs ?? []).map(known => known.tab)
        expect([new Set(sections).size, new Set(tabs).size]).toEqual([sections.length, tabs.length])
        expect(end.sections.filter(known => known.tab !== undefined && !tabs.includes(known.tab))).toEqual([])
        expect(sections.length).toBeGreaterThan(0)
      }),
    )
  })
})
