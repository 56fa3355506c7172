import type { Model } from '@tessera/platform/model/model.js'
import type { NeedsTransaction } from './unlocked.js'

/** As many writes of a kind go the long way after one that had to for good, and after one that somebody else's write stood in the way of. */
const pauses = { lasting: 200, passing: 5 } as const
/** As many kinds are remembered for a model; they are what callers name, so there has to be an end. */
const mostKinds = 2_000

/** Which kinds of writes had to take a transaction lately: they are not tried without one for a while. */
export class LongWays {
  private readonly left = new WeakMap<Model, Map<string, number>>()

  /** Whether a write of a kind is worth being tried without a transaction; counts it. */
  isOpen(model: Model, kind: string): boolean {
    const kinds = this.left.get(model)
    const left = kinds?.get(kind)
    if (kinds === undefined || left === undefined) return true
    if (left > 1) kinds.set(kind, left - 1)
    else kinds.delete(kind)
    return false
  }

  /** A write of a kind needed a transaction. */
  took(model: Model, kind: string, { isPassing }: NeedsTransaction): void {
    const kinds = this.left.get(model) ?? new Map<string, number>()
    if (kinds.size >= mostKinds) kinds.clear()
    this.left.set(model, kinds.set(kind, isPassing ? pauses.passing : pauses.lasting))
  }
}
