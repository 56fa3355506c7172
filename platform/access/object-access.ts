import type { ActionName } from '../definitions/role.js'
import type { CheckedRule } from '../rules/rule.js'

/** What a caller may do with the records of one object. */
export interface ObjectAccess {
  /** The records that an action covers; null is all of them; an action that is absent is not allowed. */
  readonly actions: Readonly<Partial<Record<ActionName, CheckedRule | null>>>
  readonly hidden: ReadonlySet<string>
  readonly readOnly: ReadonlySet<string>
}
