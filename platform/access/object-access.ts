import type { ActionName } from '../definitions/role.js'
import type { MaskDefinition } from '../fields/masks.js'
import type { Condition } from '../query/condition.js'

/** How a caller sees a field of which they see a part. */
export interface MaskedField {
  readonly mask: MaskDefinition
  /** Whether they may see a value whole on demand. */
  readonly revealable: boolean
}

/** What a caller may do with the records of one object. */
export interface ObjectAccess {
  /** The records that an action covers; null is all of them; an action that is absent is not allowed. */
  readonly actions: Readonly<Partial<Record<ActionName, Condition | null>>>
  readonly hidden: ReadonlySet<string>
  readonly masked: ReadonlyMap<string, MaskedField>
  readonly readOnly: ReadonlySet<string>
}
