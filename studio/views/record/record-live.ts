import { useQueryClient } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useEffect, useRef, useState } from 'react'
import { markChanged } from '../../api/changed-values.js'
import { type LiveChange, useLive } from '../../api/live.js'
import type { RecordValues } from '../../api/records.js'

/** Changes that come together are read together. */
const pause = 120

/** Reads a record again when somebody changed it, or one of what belongs to it. */
function useReread(object: ObjectModel): (change: LiveChange) => void {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      void client.invalidateQueries({ queryKey: ['records', object.name] })
      void client.invalidateQueries({ queryKey: ['totals', object.name, 'soon'] })
    }, pause)
  }
}

/** Keeps a record's page as the record is. */
export function useRecordLive(object: ObjectModel, id: string, select: string, shown: RecordValues | null | undefined): void {
  const reread = useReread(object)
  useLive(shown ? { object, select, ids: [id] } : null, change => {
    if (shown && change.record && change.record.version > shown.version) markChanged(shown, change.record)
    reread(change)
  })
}

/**
 * Keeps the list of one child on a record's page as it is; `link` is the key by which it points here. Null when links join the two: that one
 * is made or taken away the record itself is told of, so only the records that are shown are followed.
 */
export function useChildLive(object: ObjectModel, child: ObjectModel, link: string | null, id: string, shown: readonly string[]): void {
  const asked = link === null ? { ids: shown } : { where: { [link]: { eq: id } } }
  useLive(link === null && shown.length === 0 ? null : { object: child, select: 'id', ...asked }, useReread(object))
}

/** Who changed a record since it was opened; null while nobody did. The edit goes on as it is. */
export function useChangedBy(object: ObjectModel, record: RecordValues | null): { readonly who: string | null } | null {
  const [changed, setChanged] = useState<{ who: string | null } | null>(null)
  const shows = Object.hasOwn(object.fields, 'updatedBy') ? ' updatedBy { title: name }' : ''
  useLive(record ? { object, select: `id version${shows}`, ids: [record.id] } : null, ({ record: now }) => {
    if (!record || !now || now.version <= record.version) return
    setChanged({ who: (now.updatedBy as { title?: string } | null | undefined)?.title ?? null })
  })
  return changed
}
