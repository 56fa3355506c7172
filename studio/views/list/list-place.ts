import type { Virtualizer } from '@tanstack/react-virtual'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { Anchor } from '../../api/record-window.js'
import type { ListState } from './list-state.js'

/** Where somebody stood in a list: how far it was scrolled, which cell had the focus, and where the records were read from. */
interface ListPlace {
  readonly anchor: Anchor
  readonly top: number
  readonly row: number
  readonly column: number
}

const places = new Map<string, ListPlace>()
const mostPlaces = 50

const keyOf = (object: ObjectModel, { columnsName, where, search, orderBy }: ListState): string =>
  JSON.stringify([object.name, columnsName, where, search, orderBy])

/** Keeps the place for whoever comes back to the same list. */
function keepPlace(object: ObjectModel, state: ListState, place: ListPlace): void {
  const key = keyOf(object, state)
  places.delete(key)
  places.set(key, place)
  const [oldest] = places.keys()
  if (places.size > mostPlaces && oldest !== undefined) places.delete(oldest)
}

/** Where one stood in this list before. */
export const placeOf = (object: ObjectModel, state: ListState): ListPlace | undefined => places.get(keyOf(object, state))

interface ShownPlace extends Omit<ListPlace, 'top'> {
  readonly object: ObjectModel
  readonly state: ListState
  readonly question: string
}

/** Keeps the place of a list when one leaves it, and goes to its top when another question is asked. */
export function useScrollPlace(
  within: RefObject<HTMLElement | null>,
  shown: ShownPlace,
  scrolled: Virtualizer<HTMLDivElement, Element>,
  forget?: () => void,
): void {
  const asked = useRef(shown.question)
  useLayoutEffect(() => {
    if (asked.current === shown.question) return
    asked.current = shown.question
    within.current?.scrollTo({ top: 0 })
    forget?.()
  })
  const latest = useRef(shown)
  useEffect(() => {
    latest.current = shown
  })
  useEffect(
    () => () => {
      const { object, state, anchor, row, column } = latest.current
      keepPlace(object, state, { anchor, row, column, top: scrolled.scrollOffset ?? 0 })
    },
    [scrolled],
  )
}
