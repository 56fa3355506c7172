import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useSyncExternalStore } from 'react'
import type { Related } from '../api/records.js'

/** A record that is made beside what is open, and comes back as the chosen one. */
export interface Beside {
  readonly key: number
  readonly object: ObjectModel
  readonly title: string
  /** Values that the new record begins with, such as the column of a board. */
  readonly values: Readonly<Record<string, unknown>>
  readonly done: (made: Related | null) => void
}

let next = 1
let stack: readonly Beside[] = []
const listeners = new Set<() => void>()

function become(next: readonly Beside[]): void {
  stack = next
  for (const listener of listeners) listener()
}

/**
 * Opens quick create over what is open and waits.
 * @param title what the person typed, taken as its name
 * @param values what the new record begins with
 * @returns the new record, or null when it was closed
 */
export const createBeside = (object: ObjectModel, title: string, values: Readonly<Record<string, unknown>> = {}): Promise<Related | null> =>
  new Promise(resolve => {
    const beside: Beside = {
      key: next++,
      object,
      title,
      values,
      done: made => {
        become(stack.filter(each => each !== beside))
        resolve(made)
      },
    }
    become([...stack, beside])
  })

/** The forms that stand over the page, the newest last. */
export const useBesides = (): readonly Beside[] =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => stack,
  )
