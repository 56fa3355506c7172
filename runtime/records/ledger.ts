import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { Change } from '@tessera/platform/records/change.js'
import { isSame, overlaid, type Values } from '@tessera/platform/records/values.js'

/** A change under way, and the row of the request that it came from. */
export interface Entry {
  readonly change: Change
  readonly row: number
}

/** All changes of one transaction, one for each record, in the order in which they are written. */
export type Ledger = Map<string, Entry>

const keyOf = (object: string, id: string): string => `${object} ${id}`

/** The change of a record, if there is one. */
export const entryOf = (ledger: Ledger, object: ObjectModel, id: string): Entry | undefined => ledger.get(keyOf(object.name, id))

/** Whether a record is there after its change. */
export const isLive = ({ deed }: Change): boolean => deed !== 'deleted'

/** Adds a change; a second one of the same record goes into the first. */
export function addChange(ledger: Ledger, change: Change, row: number): void {
  const key = keyOf(change.object.name, change.id)
  const known = ledger.get(key)?.change
  ledger.set(key, { change: known ? merged(known, change) : change, row })
}

function merged(first: Change, second: Change): Change {
  if (second.deed !== 'updated') return { ...second, before: first.before, after: first.after }
  const after = overlaid(first.after, Object.fromEntries(second.changed.map(key => [key, second.after[key] ?? null])))
  const { moves = first.moves, transition = first.transition } = second
  const changed = [...new Set([...first.changed, ...second.changed])]
  return { ...first, after, changed, ...(moves ? { moves } : {}), ...(transition ? { transition } : {}) }
}

/**
 * Sets computed values of a record; nothing happens when it has them already.
 * @param present the record as it stands, when it is not in the ledger yet
 * @param row the row of the request that this follows from
 */
export function setComputed(
  ledger: Ledger,
  object: ObjectModel,
  id: string,
  values: Values,
  present: Values | undefined,
  row: number,
): void {
  const known = entryOf(ledger, object, id)
  const has = known?.change.after ?? present
  if (!has) return
  const changed = Object.keys(values).filter(key => !isSame(has[key], values[key]))
  if (changed.length === 0) return
  const picked: Record<string, unknown> = {}
  for (const key of changed) picked[key] = values[key] ?? null
  const change: Change = known
    ? { ...known.change, after: overlaid(known.change.after, picked), changed: [...new Set([...known.change.changed, ...changed])] }
    : {
        object,
        deed: 'updated',
        id,
        before: has,
        after: overlaid(has, picked),
        changed,
        version: Number(has.version) + 1,
        isComputed: true,
      }
  ledger.set(keyOf(object.name, id), { change, row: known?.row ?? row })
}
