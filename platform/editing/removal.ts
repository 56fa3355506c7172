import { elementPath } from '../definitions/index.js'
import type { Issue } from '../errors.js'
import { compileWithTemplates } from '../model/templates.js'
import { lookup } from '../registry.js'
import type { Elements } from './elements.js'
import { outermost, strayOf, withoutStrays } from './strays.js'

/** What stands within something that is taken out may uncover more; that ends here. */
const mostRounds = 5

/** What removing definitions comes to. */
export interface Removal {
  /** Without them, and without the entries that named them. */
  readonly elements: Elements
  /** Without them alone. */
  readonly alone: Elements
  /** The definitions of which entries are taken out, by path, and how many of each. */
  readonly taken: ReadonlyMap<string, number>
  /** What is left to be solved when the entries are taken out. */
  readonly left: readonly Issue[]
}

/** Removes definitions and all that goes with them; finds what names them by what is wrong without them. */
export function removalOf(elements: Elements, path: string): Removal {
  const gone = new Set(goingWith(elements, path))
  const alone = Object.fromEntries(Object.entries(elements).filter(([other]) => !gone.has(other)))
  const known = counted(issuesOf(elements))
  const taken = new Map<string, number>()
  let rest: Elements = alone
  let left = newIn(issuesOf(rest), known)
  for (let round = 0; round < mostRounds; round++) {
    const strays = outermost(left.flatMap(found => strayOf(found) ?? []))
    if (strays.length === 0) break
    for (const { element } of strays) taken.set(element, (taken.get(element) ?? 0) + 1)
    rest = withoutStrays(rest, strays)
    left = newIn(issuesOf(rest), known)
  }
  return { elements: rest, alone, taken, left }
}

/** A definition, and of an object what is nothing without it: its forms, views, reports and pages. */
export function goingWith(elements: Elements, path: string): string[] {
  const found = lookup(elements, path)
  const own = Object.values(elements).filter(
    ({ kind, definition }) => found?.kind === 'object' && belonging.has(kind) && definition.object === found.name,
  )
  return [path, ...own.map(elementPath)]
}

const belonging: ReadonlySet<string> = new Set(['form', 'view', 'report', 'page'])

const issuesOf = (elements: Elements): readonly Issue[] => compileWithTemplates(Object.values(elements)).issues

/** An issue without the numbers of its path, which change when something before it is taken out. */
const sameness = ({ code, path, params }: Issue): string =>
  JSON.stringify([code, path.split('/').filter(part => !/^\d+$/.test(part)), params])

const counted = (issues: readonly Issue[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const found of issues) counts.set(sameness(found), (counts.get(sameness(found)) ?? 0) + 1)
  return counts
}

/** The issues beyond those that were there before. */
function newIn(issues: readonly Issue[], known: ReadonlyMap<string, number>): readonly Issue[] {
  const open = new Map(known)
  return issues.filter(found => {
    const count = open.get(sameness(found)) ?? 0
    open.set(sameness(found), count - 1)
    return count <= 0
  })
}
