import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { WhyLine } from '@tessera/platform/records/explanation.js'
import { useSyncExternalStore } from 'react'
import { ask } from './client.js'

/** Why something is as it is: a sentence, the rule with its inputs, and the records that it gathers. */
export interface ShownWhy {
  readonly title: string
  readonly lines: readonly WhyLine[]
  readonly rows?: GatheredRows | undefined
}

/** The records that a rollup gathers, under the record that has it. */
export interface GatheredRows {
  readonly id: string
  /** The object of the rollup, and its name there. */
  readonly of: string
  readonly rollup: string
}

interface Answer {
  readonly title: string
  readonly lines: readonly WhyLine[]
  readonly rows: { readonly object: string; readonly field: string; readonly count: number } | null
}

/** Why a field of a record has its value, as the server tells it; @throws ApiError */
export async function readWhy(object: ObjectModel, id: string, field: string): Promise<ShownWhy[]> {
  const query =
    'query Why($object: String!, $id: ID!, $field: String!) { why(object: $object, id: $id, field: $field) { title lines { level text value holds remark } rows { object field count } } }'
  const { why } = await ask<{ why: Answer[] }>('/platform', query, { object: object.name, id, field })
  return why.map(({ title, lines, rows }) => ({
    title,
    lines,
    rows: rows && rows.count > 0 ? { id, of: object.name, rollup: field } : undefined,
  }))
}

let current: readonly ShownWhy[] | undefined
const listeners = new Set<() => void>()

/** Shows explanations over the page, where there is no button to hang them on; none takes them away. */
export function showWhy(whys: readonly ShownWhy[] | undefined): void {
  current = whys
  for (const listener of listeners) listener()
}

/** The explanations that stand over the page. */
export const useShownWhy = (): readonly ShownWhy[] | undefined =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
