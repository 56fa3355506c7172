import type { FieldDefinition } from '../fields/definition.js'
import { lookup } from '../registry.js'
import type { Elements } from './elements.js'
import { objectDefinition, renameField } from './fields.js'

/** Three states of the same definitions: what two sides came from, and what each made of it. */
export interface Sides {
  readonly base: Elements
  readonly theirs: Elements
  readonly mine: Elements
}

/** A field that one side renamed. */
interface Rename {
  readonly object: string
  readonly from: string
  readonly to: string
}

/**
 * Gives all sides the names that one of them gave to fields, wherever they are named, so that what the other side did to them is
 * compared under the same names. What both renamed keeps the name that is mine.
 */
export function followRenames({ base, theirs, mine }: Sides): Sides {
  const own = renamesIn(base, mine)
  const others = renamesIn(base, theirs).filter(rename => !own.some(({ object, from }) => object === rename.object && from === rename.from))
  const both = renamesIn(base, theirs).filter(rename => !others.includes(rename))
  const settled = both.map(rename => ({ ...rename, from: rename.to, to: own.find(one => isSame(one, rename))?.to ?? rename.to }))
  return {
    base: renamed(renamed(base, own), others),
    theirs: renamed(
      renamed(theirs, settled),
      own.filter(one => !both.some(rename => isSame(one, rename))),
    ),
    mine: renamed(mine, others),
  }
}

const isSame = (left: Rename, right: Rename): boolean => left.object === right.object && left.from === right.from

const renamed = (elements: Elements, renames: readonly Rename[]): Elements =>
  renames.reduce((result, { object, from, to }) => {
    const fields = objectDefinition(result, object)?.fields ?? {}
    return Object.hasOwn(fields, from) && !Object.hasOwn(fields, to) ? renameField(result, object, from, to, true) : result
  }, elements)

/** Fields of the same objects that have another name in a later state, which then lists the former one. */
function renamesIn(base: Elements, later: Elements): Rename[] {
  return Object.values(base).flatMap(({ kind, name: object }) => {
    if (kind !== 'object') return []
    const [before, after] = [objectDefinition(base, object)?.fields ?? {}, objectDefinition(later, object)?.fields ?? {}]
    return Object.entries(after).flatMap(([to, field]) => {
      if (Object.hasOwn(before, to)) return []
      const from = formerNames(field).find(name => Object.hasOwn(before, name) && lookup(after, name) === undefined)
      return from === undefined ? [] : [{ object, from, to }]
    })
  })
}

/** The latest first. */
const formerNames = ({ was }: FieldDefinition): string[] => [...(was ?? [])].reverse()
