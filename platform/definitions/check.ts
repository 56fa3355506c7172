import { type Issue, issue } from '../errors.js'
import type { Label } from '../label.js'
import { type Element, elementOf, elementPath, kinds } from './index.js'
import { repaired } from './repair.js'
import { checkShape } from './shape.js'
import { type TemplateDefinition, template } from './template.js'
import { checkPartShapes, withSoundParts } from './template-shapes.js'
import { checkTexts } from './texts.js'

/** Definitions as far as they could be read, and what is wrong with their shape. */
export interface Read {
  /** Without the parts that do not fit, so that the rest can be linked and all issues told at once. */
  readonly elements: readonly Element[]
  readonly issues: readonly Issue[]
}

/**
 * Reads JSON documents as definitions: their kind, their shape, no name twice.
 * @param documents parsed JSON with where it came from (a file, `put/0`)
 */
export function readDefinitions(documents: readonly { readonly source: string; readonly json: unknown }[]): Read {
  const issues: Issue[] = []
  const elements: Element[] = []
  const seen = new Set<string>()
  for (const { source, json } of documents) {
    if (isTooDeep(json)) {
      issues.push(issue('SHAPE_INVALID', source, { problem: tooDeep }))
      continue
    }
    const element = elementOf(json)
    if (!element) {
      issues.push(issue('KIND_UNKNOWN', source, { kinds: Object.keys(kinds).join(', ') }))
      continue
    }
    const path = elementPath(element)
    issues.push(...checkShape(element), ...checkTexts(element))
    const own = repaired(element)
    const sound = own?.kind === template.name ? withSoundParts(own) : own
    if (own?.kind === template.name) issues.push(...checkPartShapes(own.definition as TemplateDefinition))
    if (seen.has(path)) issues.push(issue('ELEMENT_DOUBLE', path, { kind: element.kind, name: element.name }))
    else if (sound) elements.push(sound)
    seen.add(path)
  }
  return { elements, issues }
}

const mostLevels = 100
const tooDeep: Label = { en: `This is nested more than ${mostLevels} levels deep.`, 'zh-CN': `嵌套超过 ${mostLevels} 层。` }

/** Whether JSON is nested deeper than anything sensible; found without recursion, since whoever reads it later recurses. */
function isTooDeep(json: unknown): boolean {
  let level: unknown[] = [json]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostLevels) return true
    level = level.flatMap(value => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return false
}
