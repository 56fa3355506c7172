import type { TSchema } from '@sinclair/typebox'
import { lookup } from '../registry.js'
import { type Element, elementOf, kinds } from './index.js'
import { alternative, shapeOf } from './inner-shape.js'
import { partShape } from './template.js'

/** A line of a file holds what fits in so many characters. */
const lineWidth = 160

/**
 * The one way in which a definition is printed: keys in the order of its kind's shape, maps such as `fields` in their own order,
 * `$schema` first; what fits stands on one line, except entries of maps and of the definition itself. Printing it again changes nothing.
 */
export function canonical(json: unknown): string {
  const element = elementOf(json)
  return print(element ? orderedDefinition(element) : ordered(json, undefined))
}

/** JSON in the house's layout with its keys as they are, such as a schema. */
export const printJson = (json: unknown): string => print(ordered(json, undefined))

/** JSON ready to be printed: objects as entries in their final order; the entries of a map stand on lines of their own. */
type Node = Leaf | Branch
interface Leaf {
  /** On one line. */
  readonly line: string
}
interface Branch extends Leaf {
  readonly open: '{' | '['
  readonly entries: readonly Entry[]
  /** Whether it is a map with entries, or one is somewhere inside. */
  readonly holdsMap: boolean
}
type Entry = readonly [before: string, value: Node]

function branch(open: '{' | '[', entries: readonly Entry[], isMap = false): Branch {
  const inside = entries.map(([before, value]) => before + value.line).join(', ')
  const line = open === '[' ? `[${inside}]` : inside === '' ? '{}' : `{ ${inside} }`
  const holdsMap = (isMap && entries.length > 0) || entries.some(([, value]) => 'entries' in value && value.holdsMap)
  return { line, open, entries, holdsMap }
}

function orderedDefinition(element: Element): Node {
  const kind = lookup(kinds, element.kind)
  const { $schema: _, ...own } = element.definition
  const definition = own.kind === element.kind ? Object.fromEntries(Object.entries(own).filter(([key]) => key !== 'kind')) : own
  const $schema = `${kind?.folder ? '../../' : '../'}schema/${element.kind}.json`
  const node = ordered({ $schema, ...definition }, kind?.shape)
  return 'entries' in node ? { ...node, holdsMap: true } : node
}

function ordered(value: unknown, shape: TSchema | undefined): Node {
  if (Array.isArray(value)) {
    const items = alternative(shape, 'array')?.items as TSchema | undefined
    const entries = value.map(
      (item): Entry => ['', ordered(item, items === partShape ? lookup(kinds, elementOf(item)?.kind ?? '')?.shape : items)],
    )
    return branch('[', entries)
  }
  if (typeof value !== 'object' || value === null) return { line: JSON.stringify(value) ?? 'null' }
  const fitting = alternative(shape, 'object')
  const properties = (fitting?.properties ?? {}) as Readonly<Record<string, TSchema>>
  const patterns = fitting?.patternProperties as Readonly<Record<string, TSchema>> | undefined
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  const own = value as Readonly<Record<string, unknown>>
  const known = Object.keys(properties)
    .filter(key => Object.hasOwn(own, key) && own[key] !== undefined)
    .map((key): [string, unknown] => [key, own[key]])
  const others = entries.filter(([name]) => !Object.hasOwn(properties, name))
  const sorted = [...known, ...others].map(([name, entry]): Entry => {
    return [`${JSON.stringify(name)}: `, ordered(entry, shapeOf(name, entry, properties, patterns))]
  })
  return branch('{', sorted, patterns !== undefined && entries.some(([, entry]) => typeof entry === 'object'))
}

const print = (node: Node): string => `${block(node, '', 0)}\n`

/** @param room what stands on the line besides the value and its indent: the key before it, the comma behind it */
function block(node: Node, indent: string, room: number): string {
  if (!('entries' in node) || node.entries.length === 0) return node.line
  if (!node.holdsMap && indent.length + room + node.line.length <= lineWidth) return node.line
  const inner = `${indent}  `
  const lines = node.entries.map(([before, entry]) => inner + before + block(entry, inner, before.length + 1))
  return `${node.open}\n${lines.join(',\n')}\n${indent}${node.open === '{' ? '}' : ']'}`
}
