import type { Issue } from '../errors.js'
import { type Element, elementOf } from './index.js'
import { repaired } from './repair.js'
import { checkShape } from './shape.js'
import type { TemplateDefinition } from './template.js'
import { issueInPart, partsOf } from './template-parts.js'

/** What is wrong with the shapes of the definitions in a template. */
export const checkPartShapes = (definition: TemplateDefinition): Issue[] =>
  partsOf(definition).flatMap(part => (part.element ? checkShape(part.element).map(found => issueInPart(part, found)) : []))

/** A template whose definitions are without what breaks their shapes; null when one lacks something essential. */
export function withSoundParts(element: Element): Element | null {
  const definition = element.definition as TemplateDefinition
  const elements = definition.elements.map(json => {
    const inner = elementOf(json)
    return inner ? (repaired(inner)?.definition ?? null) : json
  })
  return elements.includes(null) ? null : { ...element, definition: { ...definition, elements } }
}
