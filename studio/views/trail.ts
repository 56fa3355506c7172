/** The list that a record was opened from, so that its page can go to the one before and after. */
interface Trail {
  readonly object: string
  readonly ids: readonly string[]
  /** Which row of the list the first of these is. */
  readonly from: number
  readonly total: number | undefined
  readonly back: string
}

let trail: Trail | undefined

/** Keeps the list that one comes from, with its address. */
export function keepTrail(object: string, ids: readonly string[], from: number, total: number | undefined): void {
  trail = { object, ids, from, total, back: `${location.pathname}${location.search}` }
}

/** Where a record stands in the list one came from; undefined when one did not come from a list. */
export function trailOf(
  object: string,
  id: string,
): { at: number; total: number; before?: string | undefined; after?: string | undefined; back: string } | undefined {
  const at = trail?.object === object ? trail.ids.indexOf(id) : -1
  if (!trail || at < 0) return undefined
  const { from, ids, total } = trail
  return { at: from + at + 1, total: total ?? from + ids.length, before: ids[at - 1], after: ids[at + 1], back: trail.back }
}

/** The address of the list of an object that one came from, if one did. */
export const trailBack = (object: string): string | undefined => (trail?.object === object ? trail.back : undefined)
