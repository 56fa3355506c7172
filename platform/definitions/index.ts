import { joinPath } from '../errors.js'
import { lookup, registerOf } from '../registry.js'
import { app } from './app.js'
import { form } from './form.js'
import type { Kind } from './kind.js'
import { navigation } from './navigation.js'
import { object } from './object.js'
import { optionSet } from './option-set.js'
import { page } from './page.js'
import { report } from './report.js'
import { role } from './role.js'
import { template } from './template.js'
import { view } from './view.js'
import { workflow } from './workflow.js'

/** Every kind of definition, in the order in which they are linked; a new one is its file and its name here. */
export const kinds: Readonly<Record<string, Kind>> = registerOf<Kind>([
  app,
  optionSet,
  object,
  form,
  view,
  role,
  workflow,
  report,
  page,
  template,
  navigation,
])

/** A definition as it came: JSON, its kind and name known, its shape checked. */
export interface Element {
  readonly kind: string
  readonly name: string
  readonly definition: Readonly<Record<string, unknown>>
}

/** Says which element is meant. */
export interface ElementRef {
  readonly kind: string
  readonly name: string
}

/** The kind and name of a definition: by its first key after `$schema`, or by `"kind"`; null when it has none. */
export function elementOf(json: unknown): Element | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null
  const definition = json as Readonly<Record<string, unknown>>
  const first = Object.keys(definition).find(key => key !== '$schema' && key !== 'kind')
  const named = first !== undefined && lookup(kinds, first) ? first : String(definition.kind ?? '')
  const kind = lookup(kinds, named)
  const name = kind ? definition[kind.name] : undefined
  return kind && typeof name === 'string' ? { kind: kind.name, name, definition } : null
}

/** Where an element stands in paths: `objects/order`, `app`. */
export const elementPath = (element: ElementRef): string =>
  joinPath(lookup(kinds, element.kind)?.folder || element.kind, element.kind === 'app' ? '' : element.name)
