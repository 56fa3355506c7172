import type { FormDefinition } from '@tessera/platform/definitions/form.js'
import type { Element } from '@tessera/platform/definitions/index.js'
import type { ViewDefinition } from '@tessera/platform/definitions/view.js'
import type { Elements, Json } from '@tessera/platform/editing/elements.js'

type Section = FormDefinition['sections'][number]

/** The elements of a kind that belong to an object. */
export const elementsFor = (elements: Elements, kind: 'form' | 'view', object: string): Element[] =>
  Object.values(elements).filter(element => element.kind === kind && element.definition.object === object)

/** Puts a new field where people look for it: into each form of its object, and the first list as its last column. */
export function placeField(
  elements: Elements,
  object: string,
  field: string,
  options: { wide?: boolean; required?: boolean; inList?: boolean } = {},
): Elements {
  const changed: Record<string, Element> = { ...elements }
  for (const form of elementsFor(elements, 'form', object)) {
    const definition = form.definition as unknown as FormDefinition
    changed[`forms/${form.name}`] = { ...form, definition: placedInForm(definition, field, options) }
  }
  const list = options.inList === false ? undefined : firstList(elements, object)
  if (list)
    changed[`views/${list.name}`] = {
      ...list,
      definition: { ...list.definition, columns: [...((list.definition.columns ?? []) as unknown[]), field] },
    }
  return changed
}

function placedInForm(
  form: FormDefinition,
  field: string,
  { wide = false, required = false }: { wide?: boolean; required?: boolean },
): Json {
  const at = Math.max(
    0,
    form.sections.findIndex(({ collapsed, help, fields }) => !collapsed && (help === undefined || fields.length > 0)),
  )
  const sections = form.sections.map(
    (section, index): Section =>
      index === at ? { ...section, fields: [...section.fields, wide ? { field, width: 'full' } : field] } : section,
  )
  return { ...form, sections, ...(required && form.quick ? { quick: [...form.quick, field] } : {}) }
}

/** The list of an object that comes first and names its columns. */
function firstList(elements: Elements, object: string): Element | undefined {
  return elementsFor(elements, 'view', object)
    .filter(({ definition }) => definition.kind === 'list' && Array.isArray(definition.columns))
    .sort((left, right) => orderOf(left) - orderOf(right))[0]
}

const orderOf = (element: Element): number => (element.definition as unknown as ViewDefinition).order ?? 1000
