import { type Element, elementOf, kinds } from '@tessera/platform/definitions/index.js'
import type { ObjectDefinition } from '@tessera/platform/definitions/object.js'
import { partKinds, type TemplateDefinition } from '@tessera/platform/definitions/template.js'
import type { Elements, Json } from '@tessera/platform/editing/elements.js'
import { lastFirst, replaceAt } from '@tessera/platform/editing/mention-edits.js'
import type { FieldDefinition } from '@tessera/platform/fields/definition.js'
import { compileModel } from '@tessera/platform/model/compile.js'
import { templateIssues } from '@tessera/platform/model/templates.js'
import { lookup } from '@tessera/platform/registry.js'
import { simpler } from './copy-object.js'
import { freeElementName } from './edit-element.js'

/** So often parts are left out until the template is sound. */
const mostRounds = 10

/** As many definitions as a template holds. */
const mostParts = 40

/**
 * Adds a template of an object with its forms, views and reports. What cannot stand in one is left out: former names, and what leans
 * on records that point at the object, such as sums of lines.
 * @param name of the new template; `freeTemplateName` gives one
 */
export function saveAsTemplate(elements: Elements, object: string, name: string): Elements {
  const source = lookup(elements, `objects/${object}`)
  if (!source) return elements
  const { label, description, icon } = source.definition as unknown as ObjectDefinition
  const rest = Object.values(elements).filter(({ kind, definition }) => kind !== 'object' && definition.object === object)
  const fitting = rest.filter(({ kind }) => partKinds.includes(kind)).sort((left, right) => orderOf(left) - orderOf(right))
  const parts = [withoutFormerNames(source.definition), ...fitting.slice(0, mostParts - 1).map(({ definition }) => definition)]
  const begun: TemplateDefinition = {
    template: name,
    label,
    ...(description ? { description } : {}),
    ...(icon ? { icon } : {}),
    elements: parts.map(({ $schema: _, ...part }) => part),
  }
  return { ...elements, [`templates/${name}`]: { kind: 'template', name, definition: sound(begun, elements) } }
}

/** A name for a template of an object. */
export const freeTemplateName = (elements: Elements, object: string): string => freeElementName(elements, 'templates', object)

const orderOf = ({ kind }: Element): number => partKinds.indexOf(kind)

function withoutFormerNames(definition: Json): Json {
  const { was: _, pluralWas: _plural, ...own } = definition
  const fields = Object.entries(own.fields as Readonly<Record<string, FieldDefinition>>).map(([name, { was: _was, ...field }]) => [
    name,
    field,
  ])
  return { ...own, fields: Object.fromEntries(fields) }
}

/** The template without what is wrong in it. */
function sound(begun: TemplateDefinition, elements: Elements): TemplateDefinition {
  const all = Object.values(elements)
  const { model } = compileModel(all)
  let template = begun
  for (let round = 0; round < mostRounds; round++) {
    const within = `templates/${template.template}/elements/`
    const broken = templateIssues(template, all, model).map(({ path }) => path.slice(within.length).split('/'))
    if (broken.length === 0) break
    const parts = template.elements.flatMap((part, at): Json[] => {
      const places = broken.filter(([index]) => index === String(at)).map(([, ...place]) => place)
      const left = places.length === 0 ? part : mended(part, places)
      return left ? [left] : []
    })
    template = { ...template, elements: parts }
  }
  return template
}

type Place = readonly string[]

/** A definition without what is wrong at some places; null when nothing is left of it. */
function mended(part: Json, places: readonly Place[]): Json | null {
  const element = elementOf(part)
  const shape = lookup(kinds, element?.kind ?? '')?.shape
  const cuts = new Map(places.map(cutAt).map(place => [place.join('/'), place]))
  const ordered = lastFirst([...cuts.values()], place => place)
  const required = new Set<string>(shape?.required ?? [])
  if (ordered.some(([key = '', inner]) => inner === undefined && required.has(key))) return null
  const cut = ordered.reduce((now, place) => replaceAt(now, place, value => simplerAt(place, value)) as Json, part)
  return withoutEmptySections(cut)
}

/** What can be taken out by itself, the innermost first: a part of a transition, an item of a list that fields stand in, a field. */
const parts = [
  /^fields\/[^/]+\/states\/transitions\/\d+\/(when|examples|set\/[^/]+|(requires|form)\/\d+)(?=\/|$)/,
  /^fields\/[^/]+\/options\/\d+\/(when|(enter|leave)\/[^/]+|editable\/\d+)(?=\/|$)/,
  /^sections\/\d+\/fields\/\d+(?=\/|$)/,
  /^(columns|sort|quick|rules|unique|ranges|indexes|groupBy|measures)\/\d+(?=\/|$)/,
  /^cards\/(fields\/\d+|value)(?=\/|$)/,
  /^fields\/[^/]+(?=\/|$)/,
]

/** What is taken out for a problem; a whole property where it is in nothing less. */
function cutAt(place: Place): Place {
  const path = place.join('/')
  const found = parts.flatMap(part => part.exec(path)?.[0] ?? [])[0]
  return found === undefined ? place.slice(0, 1) : found.split('/')
}

/** A field loses its rules first. */
function simplerAt([key, name, inner]: Place, value: unknown): unknown {
  return key === 'fields' && name !== undefined && inner === undefined ? simpler(name, value as FieldDefinition)[0]?.[1] : undefined
}

function withoutEmptySections(part: Json): Json | null {
  const sections = part.sections as readonly { readonly fields: readonly unknown[] }[] | undefined
  if (!sections) return part
  const left = sections.filter(({ fields }) => fields.length > 0)
  return left.length > 0 ? { ...part, sections: left } : null
}
