import type { Element } from '@tessera/platform/definitions/index.js'
import { kinds } from '@tessera/platform/definitions/index.js'
import type { ObjectDefinition } from '@tessera/platform/definitions/object.js'
import type { TemplateDefinition } from '@tessera/platform/definitions/template.js'
import { partsOf } from '@tessera/platform/definitions/template-parts.js'
import type { Elements, Json } from '@tessera/platform/editing/elements.js'
import { objectDefinition } from '@tessera/platform/editing/fields.js'
import type { FieldDefinition } from '@tessera/platform/fields/definition.js'
import { type Label, labelOf, locales } from '@tessera/platform/label.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { lookup } from '@tessera/platform/registry.js'
import { freeElementName } from './edit-element.js'
import { changeField } from './edit-field.js'
import { addObject, allLabel, type NewObject } from './edit-object.js'
import { pluralLabelOf } from './names.js'

/** The object that a template begins with; null where it holds none. */
export function objectIn(elements: Elements, template: string): ObjectDefinition | null {
  const found = partsIn(elements, template).find(({ kind }) => kind === 'object')
  return found ? (found.definition as unknown as ObjectDefinition) : null
}

function partsIn(elements: Elements, template: string): Element[] {
  const definition = lookup(elements, `templates/${template}`)?.definition as TemplateDefinition | undefined
  return Array.isArray(definition?.elements) ? partsOf(definition).flatMap(({ element }) => element ?? []) : []
}

/** Adds an object as a template has it, under its own name, with the forms, views and reports of the template. */
export function addFromTemplate(elements: Elements, made: NewObject, template: string): Elements {
  const own = objectIn(elements, template)
  const added = addObject(elements, made)
  if (!own) return added
  const bare = Object.entries(added).filter(([path, { kind }]) => Object.hasOwn(elements, path) || (kind !== 'form' && kind !== 'view'))
  const object: Element = { kind: 'object', name: made.name, definition: renamedObject(own, made) }
  const parts = partsIn(elements, template).filter(({ kind }) => kind !== 'object')
  const all = parts.reduce((now, part) => withPart(now, part, own, made), { ...Object.fromEntries(bare), [`objects/${made.name}`]: object })
  return withFreeInverses(all, made.name)
}

const isSameLabel = (left: Label | undefined, right: Label | undefined): boolean =>
  locales.every(locale => labelOf(left, locale) === labelOf(right, locale))

function renamedObject(own: ObjectDefinition, { name, plural, label, icon }: NewObject): Json {
  const pluralLabel = isSameLabel(own.label, label) ? own.pluralLabel : pluralLabelOf(label)
  const fields = Object.entries(own.fields).map(([field, definition]) => [field, pointingAtItself(definition, own.object, name)])
  return {
    ...own,
    object: name,
    plural,
    label,
    ...(pluralLabel === undefined ? {} : { pluralLabel }),
    ...(icon ? { icon } : {}),
    fields: Object.fromEntries(fields),
  }
}

function pointingAtItself(field: FieldDefinition, from: string, to: string): FieldDefinition {
  const targets = field.to as string | readonly string[] | undefined
  if (targets === undefined) return field
  const next = typeof targets === 'string' ? (targets === from ? to : targets) : targets.map(target => (target === from ? to : target))
  return { ...field, to: next as string }
}

/** A form, view or report of the template, for the new object and under a name of that. */
function withPart(now: Elements, { kind, name, definition }: Element, own: ObjectDefinition, made: NewObject): Elements {
  const folder = lookup(kinds, kind)?.folder ?? ''
  const free = freeElementName(now, folder, renamed(name, own, made))
  const label = isSameLabel(own.label, made.label) ? null : newLabel(kind, name, own, made)
  const next = { ...definition, [kind]: free, object: made.name, ...(label ? { label } : {}) }
  return { ...now, [`${folder}/${free}`]: { kind, name: free, definition: next } }
}

/** `assets` is the new plural, `assetBoard` begins with the new name; any other name stays. */
function renamed(name: string, own: ObjectDefinition, made: NewObject): string {
  if (name === own.plural) return made.plural
  return name.startsWith(own.object) ? `${made.name}${name.slice(own.object.length)}`.slice(0, 40) : name
}

/** The form and the list of all are called after the object. */
function newLabel(kind: string, name: string, own: ObjectDefinition, { label }: NewObject): Label | null {
  if (kind === 'form' && name === own.object) return label
  return kind === 'view' && name === own.plural ? allLabel(pluralLabelOf(label)) : null
}

/** Names on the other side of relations that are taken there already get a number. */
function withFreeInverses(elements: Elements, object: string): Elements {
  const given = objectDefinition(elements, object)?.fields ?? {}
  const isOwn = new RegExp(`^objects/${object}/fields/(\\w+)/inverse$`)
  let now = elements
  for (let number = 2; number < 10; number++) {
    const { issues } = compileModel(Object.values(now))
    const taken = issues.flatMap(({ code, path }) => (code === 'NAME_TAKEN' && isOwn.exec(path)?.[1]) || [])
    if (taken.length === 0) return now
    for (const field of taken)
      now = changeField(now, object, field, { inverse: `${(given[field]?.inverse ?? object).slice(0, 38)}${number}` })
  }
  return now
}
