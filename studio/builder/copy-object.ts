import type { FormDefinition } from '@tessera/platform/definitions/form.js'
import type { ObjectDefinition } from '@tessera/platform/definitions/object.js'
import type { ViewDefinition } from '@tessera/platform/definitions/view.js'
import type { Elements, Json } from '@tessera/platform/editing/elements.js'
import type { FieldDefinition } from '@tessera/platform/fields/definition.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { lookup } from '@tessera/platform/registry.js'
import { addObject, type NewObject } from './edit-object.js'

/** So often fields are left out until the copy is sound: what reads one that was left out goes with the next. */
const mostRounds = 8

/**
 * Adds an object that begins with the fields of another one, and a form and a list laid out as its are. What cannot stand in a copy is
 * left out: the place of a line under its parent, what counts lines, former names, rules.
 */
export function addCopy(elements: Elements, made: NewObject, like: string): Elements {
  const source = lookup(elements, `objects/${like}`)?.definition as unknown as ObjectDefinition | undefined
  const added = addObject(elements, made)
  if (!source) return added
  let fields = Object.fromEntries(Object.entries(source.fields).flatMap(([name, field]) => copied(name, field, like, made.name)))
  for (let round = 0; round < mostRounds; round++) {
    const unfit = unfitFields(withFields(added, made.name, source, fields), made.name)
    if (unfit.size === 0) break
    fields = Object.fromEntries(
      Object.entries(fields).flatMap(([name, field]) => (unfit.has(name) ? simpler(name, field) : [[name, field]])),
    )
  }
  return laidOut(withFields(added, made.name, source, fields), elements, made.name, like, new Set(Object.keys(fields)))
}

function copied(name: string, field: FieldDefinition, like: string, own: string): [string, FieldDefinition][] {
  if (field.type === 'masterDetail' || field.type === 'rollup') return []
  const { inverse: _, inverseLabel: _label, was: _was, examples: _examples, ...rest } = field
  return [[name, (rest.to === like ? { ...rest, to: own } : rest) as FieldDefinition]]
}

const ruled = ['states', 'visibleWhen', 'requiredWhen', 'readOnlyWhen', 'defaultRule', 'helpWhen', 'candidates', 'default'] as const

/** A field that does not fit, without its rules, its states and those of its options; one that has none is left out. */
export function simpler(name: string, field: FieldDefinition): [string, FieldDefinition][] {
  const options = field.options?.map(({ value, label, color, kind, inactive }) => defined({ value, label, color, kind, inactive }))
  const bare = {
    ...defined({ ...field, ...Object.fromEntries(ruled.map(property => [property, undefined])) }),
    ...(options ? { options } : {}),
  }
  return JSON.stringify(bare) === JSON.stringify(field) ? [] : [[name, bare as unknown as FieldDefinition]]
}

const defined = (properties: object): Json => Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))

function withFields(
  elements: Elements,
  name: string,
  source: ObjectDefinition,
  fields: Readonly<Record<string, FieldDefinition>>,
): Elements {
  const path = `objects/${name}`
  const element = lookup(elements, path)
  if (!element || Object.keys(fields).length === 0) return elements
  const { title = '', subtitle = '' } = source
  const { title: _own, ...definition } = element.definition
  const named = { ...(Object.hasOwn(fields, title) ? { title } : {}), ...(Object.hasOwn(fields, subtitle) ? { subtitle } : {}) }
  return { ...elements, [path]: { ...element, definition: { ...definition, ...named, fields } } }
}

/** The fields that something is wrong with. */
function unfitFields(elements: Elements, name: string): Set<string> {
  const within = `objects/${name}/fields/`
  return new Set(
    compileModel(Object.values(elements)).issues.flatMap(({ path }) =>
      path.startsWith(within) ? [path.slice(within.length).split('/')[0] ?? ''] : [],
    ),
  )
}

/** The form and the list of the copy, laid out as the first ones of the other object. */
function laidOut(elements: Elements, before: Elements, name: string, like: string, fields: ReadonlySet<string>): Elements {
  const all = Object.values(before).filter(({ definition }) => definition.object === like)
  const form = all.find(({ kind }) => kind === 'form')?.definition as unknown as FormDefinition | undefined
  const list = all.find(({ kind, definition }) => kind === 'view' && definition.kind === 'list')?.definition as unknown as
    | ViewDefinition
    | undefined
  const isKept = (placed: string | { readonly field: string }) => fields.has(typeof placed === 'string' ? placed : placed.field)
  const plain = (placed: FormDefinition['sections'][number]['fields'][number]) =>
    typeof placed === 'string' ? placed : { field: placed.field, ...(placed.width ? { width: placed.width } : {}) }
  const sections = form?.sections
    .map(({ section, label, columns, fields: placed }) => ({
      section,
      ...(label ? { label } : {}),
      ...(columns ? { columns } : {}),
      fields: placed.filter(isKept).map(plain),
    }))
    .filter(section => section.fields.length > 0)
  const columns = list?.columns?.filter(isKept)
  const changed = Object.entries(elements).map(([path, element]): [string, typeof element] => {
    if (Object.hasOwn(before, path) || element.definition.object !== name) return [path, element]
    const patch: Json =
      element.kind === 'form' && sections?.length ? { sections } : element.kind === 'view' && columns?.length ? { columns } : {}
    return [path, { ...element, definition: { ...element.definition, ...patch } }]
  })
  return Object.fromEntries(changed)
}
