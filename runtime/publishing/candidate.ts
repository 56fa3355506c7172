import { canonical } from '@tessera/platform/definitions/canonical.js'
import { type Read, readDefinitions } from '@tessera/platform/definitions/check.js'
import { type Element, type ElementRef, elementOf, elementPath } from '@tessera/platform/definitions/index.js'
import { type Issue, issue } from '@tessera/platform/errors.js'
import type { Model } from '@tessera/platform/model/model.js'
import { compileWithTemplates } from '@tessera/platform/model/templates.js'
import { onceFor } from '@tessera/platform/once-for.js'
import { type ExamplesRun, runExamples } from '@tessera/platform/records/examples.js'
import { suggestion } from '@tessera/platform/rules/suggestion.js'
import type { Layer, StoredElement } from './version-store.js'

/** What somebody wants to be different: elements exactly as the files have them, and names of those that go. */
export interface Draft {
  readonly put: readonly unknown[]
  readonly remove: readonly ElementRef[]
}

/** What would be if a draft were published, and everything that is wrong with it. */
export interface Candidate {
  readonly elements: readonly StoredElement[]
  readonly model: Model
  readonly issues: readonly Issue[]
  /** What came of the examples; null when they were not run. */
  readonly examples: ExamplesRun | null
}

/**
 * Lays a draft over the elements of a version and links the result.
 * @param present the elements of that version
 * @param layer where the new elements lie
 */
export function candidateOf(present: readonly StoredElement[], draft: Draft, layer: Layer): Candidate {
  const kept = new Map(present.map(element => [elementPath(element), element]))
  const issues: Issue[] = []
  for (const ref of draft.remove) {
    const path = elementPath(ref)
    if (!kept.delete(path)) issues.push(unknownElement(ref, present))
  }
  const put = new Set(
    draft.put.flatMap(json => {
      const element = elementOf(json)
      return element ? [elementPath(element)] : []
    }),
  )
  const staying = [...kept].filter(([path]) => !put.has(path)).map(([, element]) => readAgain(element))
  const read = together([...staying, readDefinitions(draft.put.map((json, index) => ({ source: `put/${index}`, json })))])
  const elements = read.elements.toSorted(byKindAndName).map((element): StoredElement => {
    const path = elementPath(element)
    const old = kept.get(path)
    // what nobody put is as it was printed once
    if (old && !put.has(path)) return old
    const source = canonical(element.definition)
    return old?.source === source ? old : { ...element, definition: JSON.parse(source) as Element['definition'], layer, source }
  })
  // linked as it will be read again: in what order somebody wrote its keys is no change
  const compiled = compileWithTemplates(read.issues.length > 0 ? read.elements : elements)
  const broken = [...issues, ...read.issues, ...compiled.issues]
  const examples = broken.length > 0 ? null : runExamples(compiled.model)
  return { elements, model: compiled.model, issues: examples?.issues ?? broken, examples }
}

/** The order in which versions are read again, so that what is linked now is what will be linked then. */
const byKindAndName = (left: ElementRef, right: ElementRef): number => compared(left.kind, right.kind) || compared(left.name, right.name)
const compared = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/** A definition that was published is read once, as long as it is the same one. */
const readAgain = onceFor((element: StoredElement) => readDefinitions([{ source: elementPath(element), json: element.definition }]))

const together = (parts: readonly Read[]): Read => ({
  elements: parts.flatMap(({ elements }) => elements),
  issues: parts.flatMap(({ issues }) => issues),
})

const unknownElement = ({ kind, name }: ElementRef, present: readonly StoredElement[]): Issue =>
  issue('ELEMENT_UNKNOWN', elementPath({ kind, name }), {
    kind,
    name,
    suggestion: suggestion(
      name,
      present.filter(element => element.kind === kind).map(element => element.name),
    ),
  })
