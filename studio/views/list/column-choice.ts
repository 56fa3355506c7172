import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useCallback, useState } from 'react'
import { type SavedView, useSavedViews } from '../../api/saved-views.js'
import { type ColumnChoice, keepColumnChoice, readColumnChoice } from './columns.js'
import type { ListState } from './list-state.js'

/** A person's own choice of columns over that of the saved view, if one is shown. */
export const choiceOver = (own: ColumnChoice, saved: SavedView | undefined): ColumnChoice =>
  own.fields || !saved?.columns ? own : { ...own, fields: saved.columns }

/** The columns that are chosen for the list, and the way to choose others; the choice is kept on this device. */
export function useColumnChoice(object: ObjectModel, state: ListState): [ColumnChoice, (choice: ColumnChoice) => void] {
  const saved = useSavedViews(object.name).find(each => each.id === state.saved)
  const [own, setOwn] = useState<ColumnChoice>(() => readColumnChoice(object.name, state.columnsName))
  const keep = useCallback(
    (next: ColumnChoice) => {
      setOwn(next)
      keepColumnChoice(object.name, state.columnsName, next)
    },
    [object.name, state.columnsName],
  )
  return [choiceOver(own, saved), keep]
}
