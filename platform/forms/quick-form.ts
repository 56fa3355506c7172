import type { FormDefinition, PlacedDefinition } from '../definitions/form.js'
import type { ObjectModel } from '../model/model.js'
import { usualForm } from './form-schema.js'

type Placed = string | PlacedDefinition

const nameOf = (placed: Placed): string => (typeof placed === 'string' ? placed : placed.field)

/**
 * The form of quick create: some fields in one column, each as the used form has it, with its label, its help and its rules; a section that
 * is hidden by a rule hides its fields here too.
 * @param form the form that is used for the record, if one is defined
 * @param names what is asked, and what a rule may bring
 */
export function quickForm(form: FormDefinition | undefined, object: ObjectModel, names: readonly string[]): FormDefinition {
  const placed = new Map(
    (form?.sections ?? []).flatMap(({ visibleWhen, fields }) => fields.map(field => [nameOf(field), within(field, visibleWhen)])),
  )
  const usual = usualForm(object, 'quick', object.label).sections.flatMap(({ fields }) => fields.map(nameOf))
  const ordered = new Set([...(form?.quick ?? []), ...usual, ...names])
  const fields = [...ordered].filter(name => names.includes(name)).map(name => placed.get(name) ?? name)
  return { form: 'quick', label: object.label, object: object.name, sections: [{ section: 'quick', columns: 1, fields }] }
}

/** What a form requires by a rule: it comes into quick create while that holds. */
export const requiredByForm = (form: FormDefinition | undefined): string[] =>
  (form?.sections ?? []).flatMap(({ fields }) =>
    fields.flatMap(placed => (typeof placed !== 'string' && placed.requiredWhen ? [placed.field] : [])),
  )

function within(placed: Placed, section: unknown): Placed {
  const { width: _, ...own }: PlacedDefinition = typeof placed === 'string' ? { field: placed } : placed
  if (section === undefined) return own
  return {
    ...own,
    visibleWhen: (own.visibleWhen === undefined ? section : { and: [section, own.visibleWhen] }) as PlacedDefinition['visibleWhen'],
  }
}
