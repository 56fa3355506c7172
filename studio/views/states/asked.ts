import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useSyncExternalStore } from 'react'
import type { RecordValues } from '../../api/records.js'
import type { Offer } from '../../api/transitions.js'

/** A transition that asks something before it is taken. */
export interface AskedTransition {
  readonly key: number
  readonly object: ObjectModel
  readonly id: string
  readonly offer: Offer
  readonly select: string
  /** Told what became of the record; null when nothing was done. */
  readonly done: (record: RecordValues | null) => void
}

let next = 1
let current: AskedTransition | undefined
const listeners = new Set<() => void>()

function show(asked: AskedTransition | undefined): void {
  current = asked
  for (const listener of listeners) listener()
}

/** Opens the sheet of a transition and waits; resolves to the record as it is then, or null when it was closed. */
export const askTransition = (given: Omit<AskedTransition, 'key' | 'done'>): Promise<RecordValues | null> =>
  new Promise(resolve => {
    current?.done(null)
    const done = (record: RecordValues | null) => {
      show(undefined)
      resolve(record)
    }
    show({ ...given, key: next++, done })
  })

/** The transition whose sheet stands over the page. */
export const useAskedTransition = (): AskedTransition | undefined =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
