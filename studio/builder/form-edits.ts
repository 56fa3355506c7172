import type { FormDefinition, PlacedDefinition, SectionDefinition } from '@tessera/platform/definitions/form.js'
import type { Label } from '@tessera/platform/label.js'

type Placed = SectionDefinition['fields'][number]
type Change = Readonly<Record<string, unknown>>

/** Where something is put: before what stands there now, at the end where the number is higher. */
export interface Place {
  readonly section: string
  readonly at: number
}

/** A part of a form: something that it places, a section, a tab. */
export interface Part {
  readonly kind: 'field' | 'section' | 'tab'
  readonly name: string
}

/** The name of what is placed. */
export const placedName = (placed: Placed): string => (typeof placed === 'string' ? placed : placed.field)

/** What a form says of something that it places. */
export const placedOf = (placed: Placed): PlacedDefinition => (typeof placed === 'string' ? { field: placed } : placed)

/** The names of everything that a form places, in the order in which it is shown. */
export const placedNames = (form: FormDefinition): string[] => form.sections.flatMap(({ fields }) => fields.map(placedName))

/** The section that something stands in. */
export const sectionOf = (form: FormDefinition, name: string): SectionDefinition | undefined =>
  form.sections.find(({ fields }) => fields.some(placed => placedName(placed) === name))

/** The part of a form at a path in its definition, such as `sections/0/fields/2/requiredWhen`; null where there is none. */
export function partAt(form: FormDefinition, path: string): Part | null {
  const [list, first = '', inner, second = ''] = path.split('/')
  const tab = list === 'tabs' ? form.tabs?.[Number(first)] : undefined
  if (tab) return { kind: 'tab', name: tab.tab }
  const section = list === 'sections' ? form.sections[Number(first)] : undefined
  const placed = inner === 'fields' ? section?.fields[Number(second)] : undefined
  if (placed !== undefined) return { kind: 'field', name: placedName(placed) }
  return section ? { kind: 'section', name: section.section } : null
}

/** The tab in which a part of a form is seen. */
export function tabWith(form: FormDefinition, { kind, name }: Part): string | undefined {
  if (kind === 'tab') return name
  const section = kind === 'field' ? sectionOf(form, name) : form.sections.find(known => known.section === name)
  return section && tabOf(form, section)
}

/** What a form says of a field, line or link; undefined when it does not place it. */
export const findPlaced = (form: FormDefinition, name: string): PlacedDefinition | undefined => {
  const found = sectionOf(form, name)?.fields.find(placed => placedName(placed) === name)
  return found === undefined ? undefined : placedOf(found)
}

const without = (value: object, change: Change): Record<string, unknown> =>
  Object.fromEntries(Object.entries({ ...value, ...change }).filter(([, one]) => one !== undefined))

const withSections = (form: FormDefinition, change: (section: SectionDefinition) => SectionDefinition): FormDefinition => ({
  ...form,
  sections: form.sections.map(change),
})

const putAt = <T>(list: readonly T[], item: T, at: number): T[] => [...list.slice(0, Math.max(0, at)), item, ...list.slice(Math.max(0, at))]

/** Puts a field, line or link at a place: what stands in the form moves there with all that is said of it, else it is added. */
export function putField(form: FormDefinition, name: string, { section, at }: Place): FormDefinition {
  if (!form.sections.some(known => known.section === section)) return form
  const item = sectionOf(form, name)?.fields.find(placed => placedName(placed) === name) ?? name
  return withSections(takeOut(form, name), known =>
    known.section === section ? { ...known, fields: putAt(known.fields, item, at) } : known,
  )
}

/** Takes a field, line or link out of the sections of a form. */
export const takeOut = (form: FormDefinition, name: string): FormDefinition =>
  withSections(form, section =>
    section.fields.some(placed => placedName(placed) === name)
      ? { ...section, fields: section.fields.filter(placed => placedName(placed) !== name) }
      : section,
  )

/** Changes what a form says of something that it places; undefined takes it back. What has nothing said of it stands by its name alone. */
export const changePlaced = (form: FormDefinition, name: string, change: Change): FormDefinition =>
  withSections(form, section => ({
    ...section,
    fields: section.fields.map((placed): Placed => {
      if (placedName(placed) !== name) return placed
      const next = without(placedOf(placed), change) as PlacedDefinition
      return Object.keys(next).length === 1 ? next.field : next
    }),
  }))

/** A name that no section or tab has. */
export function freeName(taken: readonly string[], wanted: string): string {
  let name = wanted
  for (let attempt = 2; taken.includes(name); attempt++) name = `${wanted.slice(0, 37)}${attempt}`
  return name
}

const sectionNames = (form: FormDefinition): string[] => form.sections.map(({ section }) => section)

/** Adds a section as the last one of its tab. */
export function addSection(form: FormDefinition, section: SectionDefinition): FormDefinition {
  const name = freeName(sectionNames(form), section.section)
  return moveSection({ ...form, sections: [...form.sections, { ...section, section: name }] }, name, section.tab, form.sections.length)
}

/** Changes properties of a section; undefined takes one away. */
export const changeSection = (form: FormDefinition, name: string, change: Change): FormDefinition =>
  withSections(form, section => (section.section === name ? (without(section, change) as SectionDefinition) : section))

/** Removes a section; what it placed can be placed again. A form keeps its last one. */
export const removeSection = (form: FormDefinition, name: string): FormDefinition =>
  form.sections.length < 2 ? form : { ...form, sections: form.sections.filter(({ section }) => section !== name) }

/** The sections of a tab, or those above all tabs; what names a tab that is not there stands above. */
export const sectionsIn = (form: FormDefinition, tab: string | undefined): SectionDefinition[] =>
  form.sections.filter(section => tabOf(form, section) === tab)

/** The tab that a section stands in. */
export const tabOf = ({ tabs = [] }: FormDefinition, { tab }: Pick<SectionDefinition, 'tab'>): string | undefined =>
  tabs.some(known => known.tab === tab) ? tab : undefined

/**
 * Moves a section into a tab.
 * @param tab its name; undefined for the place above all tabs
 * @param at its place among the other sections there
 */
export function moveSection(form: FormDefinition, name: string, tab: string | undefined, at: number): FormDefinition {
  const moved = form.sections.find(({ section }) => section === name)
  if (!moved) return form
  const others = form.sections.filter(section => section !== moved)
  const there = sectionsIn({ ...form, sections: others }, tab)
  const [next, last] = [there[Math.max(0, at)], there.at(-1)]
  const place = next ? others.indexOf(next) : last ? others.indexOf(last) + 1 : others.length
  return { ...form, sections: putAt(others, without(moved, { tab }) as SectionDefinition, place) }
}

/** Adds a tab with an empty section; the first one takes up the sections that are there, and the new one stands behind it. */
export function addTab(form: FormDefinition, label: Label, firstLabel: Label): FormDefinition {
  const tabs = form.tabs ?? []
  if (tabs.length === 0) {
    const first = {
      ...form,
      tabs: [{ tab: 'tab1', label: firstLabel }],
      sections: form.sections.map(section => ({ ...section, tab: 'tab1' })),
    }
    return addTab(first, label, firstLabel)
  }
  const tab = freeName(
    tabs.map(known => known.tab),
    `tab${tabs.length + 1}`,
  )
  return addSection({ ...form, tabs: [...tabs, { tab, label }] }, { section: freeName(sectionNames(form), tab), tab, fields: [] })
}

/** Gives a tab another label. */
export const relabelTab = (form: FormDefinition, name: string, label: Label): FormDefinition => ({
  ...form,
  tabs: (form.tabs ?? []).map(tab => (tab.tab === name ? { ...tab, label } : tab)),
})

/** Puts a tab at another place among the tabs. */
export function moveTab(form: FormDefinition, name: string, at: number): FormDefinition {
  const moved = form.tabs?.find(({ tab }) => tab === name)
  return moved
    ? {
        ...form,
        tabs: putAt(
          (form.tabs ?? []).filter(tab => tab !== moved),
          moved,
          at,
        ),
      }
    : form
}

/** Removes a tab; its sections go to the one before it, else behind it, and above where it was the only one. Empty ones go with it. */
export function removeTab(form: FormDefinition, name: string): FormDefinition {
  const tabs = form.tabs ?? []
  const index = tabs.findIndex(({ tab }) => tab === name)
  if (index < 0) return form
  const next = tabs[index === 0 ? 1 : index - 1]?.tab
  const isEmpty = (section: SectionDefinition) => section.tab === name && section.fields.length === 0 && section.help === undefined
  const kept = form.sections.filter(section => !isEmpty(section))
  const sections = (kept.length > 0 ? kept : form.sections).map(section =>
    section.tab === name ? (without(section, { tab: next }) as SectionDefinition) : section,
  )
  const { tabs: _, ...rest } = form
  return { ...rest, ...(tabs.length > 1 ? { tabs: tabs.filter(({ tab }) => tab !== name) } : {}), sections }
}

/** Changes properties of a form; undefined takes one away. */
export const changeForm = (form: FormDefinition, change: Change): FormDefinition => without(form, change) as FormDefinition

/** Puts a field among those of quick create, or moves it there. */
export const putQuick = (form: FormDefinition, name: string, at: number): FormDefinition => ({
  ...form,
  quick: putAt(
    (form.quick ?? []).filter(other => other !== name),
    name,
    at,
  ),
})

/** Takes a field out of quick create; without any, the usual ones are asked. */
export function takeQuick(form: FormDefinition, name: string): FormDefinition {
  const quick = (form.quick ?? []).filter(other => other !== name)
  return changeForm(form, { quick: quick.length > 0 ? quick : undefined })
}
