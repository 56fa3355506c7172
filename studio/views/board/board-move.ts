import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../api/app.js'
import type { Page, RecordValues } from '../../api/records.js'
import { useWrites } from '../../api/writes.js'
import { asStates } from '../../fields/states.js'
import { toast, toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'
import { useTake } from '../states/take.js'
import { type LaneKey, laneOf } from './board-lane.js'

export type Move = (record: RecordValues, to: string) => Promise<void>

function carry(client: QueryClient, object: string, field: FieldModel, record: RecordValues, to: string): void {
  const moved = { ...record, [field.key]: to }
  for (const [queryKey, data] of client.getQueriesData<InfiniteData<Page>>({ queryKey: ['records', object, 'pages'] })) {
    const lane = laneOf(queryKey[3] as LaneKey | undefined, field.key)
    const isTarget = lane === to
    if (!data || (!isTarget && lane !== String(record[field.key]))) continue
    const pages = data.pages.map((page, index) => {
      const nodes = page.nodes.filter(node => node.id !== record.id)
      return { ...page, nodes: isTarget && index === 0 ? [moved, ...nodes] : nodes }
    })
    client.setQueryData(queryKey, { ...data, pages })
  }
}

/** Writes a card's new column at once; puts it back, and says why, when the server refuses. */
export function useMove(object: ObjectModel, field: FieldModel, select: string): Move {
  const { t } = useTranslation()
  const app = useApp()
  const client = useQueryClient()
  const writes = useWrites(object)
  const take = useTake(object)
  return useCallback(
    async (record, to) => {
      const from = String(record[field.key])
      if (from === to) return
      const states = asStates(field)
      if (states) {
        carry(client, object.name, field, record, to)
        const after = await take(record, states, to, select)
        if (!after) carry(client, object.name, field, { ...record, [field.key]: to }, from)
        return
      }
      const write = async (before: RecordValues, target: string): Promise<RecordValues> => {
        carry(client, object.name, field, before, target)
        const after = await writes.update(before, { shown: { [field.key]: target }, data: { [field.key]: target }, select })
        return { ...before, ...after }
      }
      const failed = (before: RecordValues) => (error: unknown) => {
        carry(client, object.name, field, { ...before, [field.key]: to }, String(before[field.key]))
        toastFailure(failureText(error, t))
      }
      try {
        const after = await write(record, to)
        const text = field.type.format(to, field.definition, app)
        toast(t('board.moved', { name: text }), { undo: { label: t('undo'), run: () => void write(after, from).catch(failed(after)) } })
      } catch (error) {
        failed(record)(error)
      }
    },
    [app, client, field, object, select, t, take, writes],
  )
}
