import type { FormDefinition } from '@tessera/platform/definitions/form.js'
import type { Elements, Json } from '@tessera/platform/editing/elements.js'
import { withFields } from '@tessera/platform/editing/fields.js'
import { usualForm } from '@tessera/platform/forms/form-schema.js'
import type { Label } from '@tessera/platform/label.js'
import type { Model } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { changePlaced, findPlaced, freeName } from './form-edits.js'

/** A form among the definitions; undefined when there is none of this name. */
export const formDefinition = (elements: Elements, name: string): FormDefinition | undefined =>
  lookup(elements, `forms/${name}`)?.definition as unknown as FormDefinition | undefined

/** The definitions with another state of a form. */
export function editForm(elements: Elements, name: string, change: (form: FormDefinition) => FormDefinition): Elements {
  const path = `forms/${name}`
  const element = lookup(elements, path)
  const form = formDefinition(elements, name)
  return element && form ? { ...elements, [path]: { ...element, definition: change(form) as unknown as Json } } : elements
}

/** A name for a new form of an object that no other form has. */
export const freeFormName = (elements: Elements, object: string): string =>
  freeName(
    Object.values(elements).flatMap(({ kind, name }) => (kind === 'form' ? [name] : [])),
    object,
  )

/** Adds a form with everything that an object has, as it is shown while nobody defined one. */
export function addForm(elements: Elements, model: Model, name: string, object: string, label: Label): Elements {
  const of = lookup(model.objects, object)
  if (!of) return elements
  return { ...elements, [`forms/${name}`]: { kind: 'form', name, definition: usualForm(of, name, label) as unknown as Json } }
}

/** The rules that a form may have for a field, which its object may keep in its place. */
export const placedRules = ['requiredWhen', 'readOnlyWhen'] as const
export type PlacedRule = (typeof placedRules)[number]

/** Whether a rule of a form could be one of the object's field: the field has none of its own. */
export const canBeOfObject = (elements: Elements, form: FormDefinition, field: string, rule: PlacedRule): boolean => {
  const fields = lookup(elements, `objects/${form.object}`)?.definition.fields as Readonly<Record<string, Json>> | undefined
  const own = lookup(fields ?? {}, field)
  return own !== undefined && own[rule] === undefined
}

/** Makes a rule of a form one of the object's field, which the server keeps on every way in. */
export function giveToObject(elements: Elements, name: string, field: string, rule: PlacedRule): Elements {
  const form = formDefinition(elements, name)
  const given = form && findPlaced(form, field)?.[rule]
  if (!form || given === undefined || !canBeOfObject(elements, form, field, rule)) return elements
  const kept = withFields(elements, form.object, fields =>
    Object.fromEntries(Object.entries(fields).map(([key, own]) => [key, key === field ? { ...own, [rule]: given } : own])),
  )
  return editForm(kept, name, now => changePlaced(now, field, { [rule]: undefined }))
}
