import type { FormDefinition, SectionDefinition } from '@tessera/platform/definitions/form.js'
import type { Label } from '@tessera/platform/label.js'
import { addSection, addTab, moveSection, placedName, putField, sectionOf, sectionsIn, tabOf } from './form-edits.js'

/** What is dragged over a form: something that it places or could place, a section, or what is new. */
export type Dragged =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'section'; readonly name: string }
  | { readonly kind: 'newSection' | 'newText' | 'newTab' }

/** Where something can be dropped: at what is placed, at the end of a section, or of those beside it, at a section, in a tab. */
export type Target = { readonly kind: 'field' | 'end' | 'section' | 'tab'; readonly name: string }

/** What new parts are called until somebody says otherwise. */
export interface NewTexts {
  readonly section: Label
  readonly text: Label
  readonly tab: Label
  readonly firstTab: Label
}

/** Whether something may be dropped at a kind of target. */
export const takes = (dragged: Dragged, target: Target): boolean =>
  dragged.kind === 'field' ? target.kind !== 'section' : target.kind === 'section' || target.kind === 'tab'

/** The section that a target lies in; of a tab its last one. */
function sectionAt(form: FormDefinition, { kind, name }: Target): SectionDefinition | undefined {
  if (kind === 'field') return sectionOf(form, name)
  return kind === 'tab' ? sectionsIn(form, name).at(-1) : form.sections.find(({ section }) => section === name)
}

/** A form after something was dropped: what is moved takes the place of what it is dropped at, which makes room on the side it came from. */
export function dropped(form: FormDefinition, dragged: Dragged, target: Target, texts: NewTexts): FormDefinition {
  if (dragged.kind === 'newTab') return addTab(form, texts.tab, texts.firstTab)
  const section = sectionAt(form, target)
  if (dragged.kind === 'field') {
    if (!section) return form
    const at = target.kind === 'field' ? section.fields.findIndex(placed => placedName(placed) === target.name) : section.fields.length
    return putField(form, dragged.name, { section: section.section, at })
  }
  const tab = target.kind === 'tab' ? target.name : section && tabOf(form, section)
  const at = target.kind === 'section' && section ? sectionsIn(form, tab).indexOf(section) : form.sections.length
  if (dragged.kind === 'section') return moveSection(form, dragged.name, tab, at)
  const added = addSection(form, newSection(dragged.kind, texts))
  const name = added.sections.find(({ section: known }) => !form.sections.some(other => other.section === known))?.section ?? ''
  return moveSection(added, name, tab, at)
}

/** A section that somebody adds; one without fields and with a help is a text. */
export const newSection = (kind: 'newSection' | 'newText', texts: NewTexts): SectionDefinition =>
  kind === 'newSection' ? { section: 'section', label: texts.section, fields: [] } : { section: 'text', help: texts.text, fields: [] }

/** The place of something among what its section places, from one; zero where the form does not place it. */
export function placeIn(form: FormDefinition, name: string): { readonly section: SectionDefinition; readonly at: number } | undefined {
  const section = sectionOf(form, name)
  return section && { section, at: section.fields.findIndex(placed => placedName(placed) === name) + 1 }
}
