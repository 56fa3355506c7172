import { syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { SyntaxNode } from '@lezer/common'
import type { Place, Step } from './json-place.js'

/** Where the cursor stands in a text of JSON, and which part of the text a completion there replaces; null outside of values. */
export function placeIn(state: EditorState, at: number): { readonly place: Place; readonly from: number; readonly to: number } | null {
  const inner = syntaxTree(state).resolveInner(at, -1)
  const leaf = leafAt(inner, at)
  const [from, to] = leaf ? [leaf.from, leaf.to] : wordAround(state, at)
  const holder = leaf ? leaf.parent : enclosing(inner, at)
  if (!holder) return null
  if (leaf?.name === 'PropertyName' || (holder.name === 'Object' && leaf === null)) {
    const object = holder.name === 'Property' ? holder.parent : holder
    return object && { place: { steps: stepsTo(state, object), beside: scalarsOf(state, object, at), isKey: true }, from, to }
  }
  const steps = holder.name === 'Array' ? [...stepsTo(state, holder), { key: 0, beside: {} }] : stepsTo(state, holder)
  return { place: { steps, beside: {}, isKey: false }, from, to }
}

const leaves = new Set(['PropertyName', 'String', 'Number', 'True', 'False', 'Null'])

const leafAt = (node: SyntaxNode, at: number): SyntaxNode | null => (leaves.has(node.name) && node.from < at ? node : null)

/** The object, list or property that a bare place between signs lies in. */
function enclosing(node: SyntaxNode, at: number): SyntaxNode | null {
  for (let each: SyntaxNode | null = node; each; each = each.parent) {
    if (each.name === 'Property' && colonOf(each) < at && !hasValueBefore(each, at)) return each
    if ((each.name === 'Object' || each.name === 'Array') && each.from < at && (each.to > at || isOpen(each))) return each
    if (each.name === 'JsonText') return null
  }
  return null
}

const colonOf = (property: SyntaxNode): number => property.getChild('PropertyName')?.to ?? Number.POSITIVE_INFINITY
/** Whether the value of a property begins before the cursor; a later one may be the next key, taken for a value while the comma is missing. */
const hasValueBefore = (property: SyntaxNode, at: number): boolean => {
  const last = property.lastChild
  return last !== null && last.name !== 'PropertyName' && !last.type.isError && last.from < at
}
/** Whether the closing sign is missing yet. */
const isOpen = (node: SyntaxNode): boolean => !['}', ']'].includes(node.lastChild?.name ?? '')

function wordAround(state: EditorState, at: number): [number, number] {
  const before = /[\w"$]*$/.exec(state.sliceDoc(Math.max(0, at - 60), at))?.[0].length ?? 0
  return [at - before, at]
}

/** The steps from the whole text to a value. */
function stepsTo(state: EditorState, node: SyntaxNode): Step[] {
  const { parent } = node
  if (node.name === 'Property') return [...(parent ? stepsTo(state, parent) : []), stepInto(state, node)]
  if (!parent || parent.name === 'JsonText') return []
  if (parent.name === 'Property') return stepsTo(state, parent)
  return parent.name === 'Array' ? [...stepsTo(state, parent), { key: 0, beside: {} }] : stepsTo(state, parent)
}

function stepInto(state: EditorState, property: SyntaxNode): Step {
  return { key: nameOf(state, property), beside: property.parent ? scalarsOf(state, property.parent, property.from + 1) : {} }
}

function nameOf(state: EditorState, property: SyntaxNode): string {
  const name = property.getChild('PropertyName')
  return name ? String(parsed(state.sliceDoc(name.from, name.to)) ?? '') : ''
}

/** What an object holds: plain values as they are, others as null; what is being written at the cursor is left out. */
function scalarsOf(state: EditorState, object: SyntaxNode, at: number): Record<string, unknown> {
  const properties = object.getChildren('Property').filter(({ from, to }) => at < from || at > to)
  return Object.fromEntries(
    properties.map(property => {
      const value = property.lastChild
      const isPlain = value !== null && ['String', 'Number', 'True', 'False'].includes(value.name)
      return [nameOf(state, property), isPlain ? parsed(state.sliceDoc(value.from, value.to)) : null]
    }),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The stretch of text that a path of an issue means, below the element: the deepest part of the path that is there. */
export function stretchOf(state: EditorState, keys: readonly string[]): { readonly from: number; readonly to: number } {
  let value: SyntaxNode | null = syntaxTree(state).topNode.firstChild
  let told: SyntaxNode | null = value
  for (const key of keys) {
    const next: SyntaxNode | null = value?.name === 'Array' ? itemOf(value, Number(key)) : propertyOf(state, value, key)
    if (!next) break
    told = next
    value = next.name === 'Property' ? next.lastChild : next
  }
  const shown = told?.name === 'Property' ? (told.getChild('PropertyName') ?? told) : told
  const end = shown && (shown.name === 'Object' || shown.name === 'Array') ? shown.from + 1 : shown?.to
  return { from: shown?.from ?? 0, to: end ?? 0 }
}

const signs = new Set(['[', ']', '{', '}', ','])

function itemOf(array: SyntaxNode, index: number): SyntaxNode | null {
  let count = -1
  for (let each = array.firstChild; each; each = each.nextSibling)
    if (!signs.has(each.name) && !each.type.isError && ++count === index) return each
  return null
}

const propertyOf = (state: EditorState, object: SyntaxNode | null, key: string): SyntaxNode | null =>
  object?.getChildren('Property').find(property => nameOf(state, property) === key) ?? null
