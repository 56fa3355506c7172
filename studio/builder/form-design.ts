import type { FormDefinition } from '@tessera/platform/definitions/form.js'
import type { Label, Locale } from '@tessera/platform/label.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { createContext, useContext, useMemo, useState } from 'react'
import { useApp, useLabel } from '../api/app.js'
import { type Dragged, dropped, type NewTexts, type Target } from './form-drop.js'
import { findPlaced, type Part, partAt, placedNames, sectionOf, sectionsIn, tabOf, tabWith } from './form-edits.js'
import { editForm, formDefinition } from './form-elements.js'
import { useFormTexts } from './form-texts.js'
import { useWorkshop } from './workshop.js'

/** What a form is drawn as: for whom, on what, how. */
export interface FormSight {
  /** The role whose rights count; everything is shown where there is none. */
  readonly role: string | null
  /** The record whose values are shown; a new one where there is none. */
  readonly record: string | null
  readonly device: 'desk' | 'phone'
  readonly language: Locale
  /** Whether it is filled in, with its rules at work, or arranged. */
  readonly isTried: boolean
}

/** A form while it is designed; its texts are in the language of whoever designs, also where the form is drawn in another one. */
export interface FormDesign {
  readonly form: FormDefinition
  /** Its object as it will be; undefined where there is none. */
  readonly object: ObjectModel | undefined
  readonly sight: FormSight
  readonly see: (change: Partial<FormSight>) => void
  readonly chosen: Part | null
  readonly choose: (part: Part | null) => void
  /** The tab that is open. */
  readonly tab: string | undefined
  readonly openTab: (tab: string) => void
  readonly edit: (key: string, change: (form: FormDefinition) => FormDefinition) => void
  readonly drop: (dragged: Dragged, target: Target) => void
  readonly add: (dragged: Dragged) => void
  readonly t: ReturnType<typeof useFormTexts>['t']
  /** What people call something that is placed, a section or a tab. */
  readonly titleOf: (part: Part) => string
  readonly problemAt: (path: string) => string | undefined
}

const Context = createContext<FormDesign | null>(null)
export const FormDesignProvider = Context

/** The form that is designed; only below `FormDesignProvider`. */
export function useFormDesign(): FormDesign {
  const design = useContext(Context)
  if (!design) throw new Error('useFormDesign needs FormDesignProvider above it')
  return design
}

const newTexts: NewTexts = {
  section: { en: 'New section', 'zh-CN': '新分区' },
  text: { en: 'Text', 'zh-CN': '文字' },
  tab: { en: 'New tab', 'zh-CN': '新标签页' },
  firstTab: { en: 'General', 'zh-CN': '常规' },
}

/**
 * What a designer of one form knows and does; null when there is no such form.
 * @param at the part that is chosen first, as a path in the form; nothing where it is empty
 */
export function useFormDesigning(name: string, at: string): FormDesign | null {
  const { t } = useFormTexts()
  const { locale } = useApp()
  const { elements, model, issues, edit } = useWorkshop()
  const [sight, setSight] = useState<FormSight>({ role: null, record: null, device: 'desk', language: locale, isTried: false })
  const form = formDefinition(elements, name)
  const [chosen, choose] = useState<Part | null>(() => (form ? partAt(form, at) : null))
  const [opened, openTab] = useState(() => (form && chosen ? tabWith(form, chosen) : undefined))
  const object = lookup(model.objects, form?.object ?? '')
  const titleOf = useTitles(form, object)
  return useMemo(() => {
    if (!form) return null
    const path = `forms/${name}`
    const change: FormDesign['edit'] = (key, next) => edit(`${path} ${key}`, path, now => editForm(now, name, next))
    const tab = form.tabs?.find(known => known.tab === opened)?.tab ?? form.tabs?.[0]?.tab
    const drop: FormDesign['drop'] = (dragged, target) => {
      change(`drop ${Date.now()}`, now => dropped(now, dragged, target, newTexts))
      const part = newPart(form, dropped(form, dragged, target, newTexts))
      if (part?.kind === 'tab') openTab(part.name)
      if (part) choose(part)
    }
    return {
      form,
      object,
      sight,
      see: next => setSight(before => ({ ...before, ...next })),
      chosen,
      choose,
      tab,
      openTab,
      edit: change,
      drop,
      add: dragged => drop(dragged, targetFor(form, dragged, chosen, tab)),
      t,
      titleOf,
      problemAt: place => issues.find(issue => issue.path === `${path}/${place}` || issue.path.startsWith(`${path}/${place}/`))?.message,
    }
  }, [form, object, name, sight, chosen, opened, issues, edit, t, titleOf])
}

/** What the parts of a form are called in the language of whoever designs. */
function useTitles(form: FormDefinition | undefined, object: ObjectModel | undefined): FormDesign['titleOf'] {
  const { t } = useFormTexts()
  const label = useLabel()
  return useMemo(
    () =>
      ({ kind, name }) => {
        if (!form) return name
        if (kind === 'tab') return label(form.tabs?.find(({ tab }) => tab === name)?.label as Label | undefined) || name
        if (kind === 'field') {
          const own = findPlaced(form, name)?.label as Label | undefined
          return label(own ?? lookup(object?.fields ?? {}, name)?.label ?? lookup(object?.children ?? {}, name)?.label) || name
        }
        const section = form.sections.find(known => known.section === name)
        return (
          label(section?.label as Label | undefined) || label(section?.help as Label | undefined).slice(0, 40) || t('formDesigner.untitled')
        )
      },
    [form, object, label, t],
  )
}

/** What came into a form by a change of it. */
function newPart(before: FormDefinition, after: FormDefinition): Part | null {
  const tab = after.tabs?.findLast(known => !before.tabs?.some(other => other.tab === known.tab))
  if (tab) return { kind: 'tab', name: tab.tab }
  const section = after.sections.find(known => !before.sections.some(other => other.section === known.section))
  if (section) return { kind: 'section', name: section.section }
  const placed = placedNames(before)
  const field = placedNames(after).find(name => !placed.includes(name))
  return field === undefined ? null : { kind: 'field', name: field }
}

/** Where something new goes without being dragged: behind what is chosen, else to the end of what is seen. */
function targetFor(form: FormDefinition, dragged: Dragged, chosen: Part | null, tab: string | undefined): Target {
  const part = chosen?.kind === 'field' ? sectionOf(form, chosen.name) : form.sections.find(({ section }) => section === chosen?.name)
  const seen = part && tabOf(form, part) === tab ? part : sectionsIn(form, tab).at(-1)
  const section = seen ?? form.sections.at(-1)
  if (dragged.kind !== 'field' && tab !== undefined) return { kind: 'tab', name: tab }
  return { kind: 'end', name: section?.section ?? '' }
}
