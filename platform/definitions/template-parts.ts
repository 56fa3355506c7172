import { type Issue, joinPath } from '../errors.js'
import { type Element, elementOf, elementPath } from './index.js'
import { type TemplateDefinition, template } from './template.js'

/** A definition inside of a template: where it stands there, and what it is; null when its kind is not known. */
export interface Part {
  readonly path: string
  readonly element: Element | null
}

/** The definitions inside of a template, in their order. */
export function partsOf({ template: name, elements }: TemplateDefinition): Part[] {
  const own = elementPath({ kind: template.name, name })
  return elements.map((json, at) => ({ path: joinPath(own, `elements/${at}`), element: elementOf(json) }))
}

/** What is wrong with a definition, told where that stands in a template. */
export const issueInPart = ({ path, element }: Part, found: Issue): Issue =>
  element ? { ...found, path: joinPath(path, found.path.slice(elementPath(element).length + 1)) } : found
