import type { Condition } from '../query/condition.js'
import { groupFields, groupNames, noReach, ownersOf, type Reach } from '../query/reach.js'
import { holds, type Judged } from './check.js'

/** Who asks, where a condition is read in JavaScript. */
export interface Asking {
  readonly member: string | null
  readonly reach?: Reach | undefined
  /** Whether the parent of a record is covered, for those who have asked the database. */
  readonly hasParent?: (judged: Judged) => boolean
}

/** Whether a condition covers a record as it will be. Shares are the database's to know: here they cover nothing. */
export function covers(condition: Condition, judged: Judged, asking: Asking): boolean {
  if (condition.kind === 'rule') return holds(condition.rule, judged)
  if (condition.kind === 'shared') return false
  if (condition.kind === 'parent') return asking.hasParent?.(judged) ?? false
  if (condition.kind === 'not') return !covers(condition.of, judged, asking)
  if (condition.kind === 'any') return condition.of.some(one => covers(one, judged, asking))
  if (condition.kind === 'all') return condition.of.every(one => covers(one, judged, asking))
  return isReached(judged, condition.level, asking)
}

function isReached({ object, after }: Judged, level: 'read' | 'edit', { member, reach = noReach }: Asking): boolean {
  const { access } = object.definition
  if (!access) return true
  const owner = object.hasOwner ? (after.ownerId ?? null) : undefined
  if (owner === null && access.pool && level === 'read') return true
  if (typeof owner === 'string' && ownersOf(member, access, level, reach).includes(owner)) return true
  return groupFields(object).some(({ field, kind }) => groupNames(kind, reach).includes(String(after[field.key] ?? '')))
}
