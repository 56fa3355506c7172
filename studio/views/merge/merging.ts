import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames, typeNames } from '@tessera/platform/model/naming.js'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../../api/app.js'
import { ask } from '../../api/client.js'
import { listDocument, type Page, type RecordValues } from '../../api/records.js'
import { withWarnings } from '../../api/warnings.js'
import { rereadRecords } from '../../api/writes.js'
import type { Values } from '../../fields/face.js'
import { toast, toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'

const undoSeconds = 30

/** The records that are to be merged, as they are now, in the order of their ids as given. */
export function useChosen(object: ObjectModel, ids: readonly string[], select: string) {
  return useQuery({
    queryKey: ['records', object.name, 'merge', ids, select],
    queryFn: async ({ signal }) => {
      const { page } = await ask<{ page: Page }>(
        '/graphql',
        listDocument(object, select),
        { where: { id: { in: ids } }, first: ids.length },
        signal,
      )
      return ids.flatMap(id => page.nodes.find(node => node.id === id) ?? [])
    },
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
}

/** How many records of which objects would move. */
export function useEffects(object: ObjectModel, from: readonly string[]) {
  return useQuery({
    queryKey: ['merge-effects', object.name, from],
    queryFn: async ({ signal }) =>
      (
        await ask<{ mergeEffects: { object: string; count: number }[] }>(
          '/platform',
          'query Effects($object: String!, $from: [ID!]!) { mergeEffects(object: $object, from: $from) { object count } }',
          { object: object.name, from },
          signal,
        )
      ).mergeEffects,
    enabled: from.length > 0,
    staleTime: 0,
  })
}

/** Undoes the merge of a record, and says what was changed since and stays. */
export function useUnmerge(object: ObjectModel): (id: string) => Promise<boolean> {
  const { t } = useTranslation()
  const client = useQueryClient()
  return useCallback(
    async id => {
      const { mutations } = rootNames(object.name, object.plural)
      const document = `mutation Unmerge($id: ID!, $confirm: [String!]) { batch: ${mutations.unmerge}(id: $id, confirm: $confirm) { count issues { message } } }`
      try {
        const { batch } = await withWarnings(confirm =>
          ask<{ batch: { count: number; issues: readonly unknown[] } }>('/graphql', document, { id, confirm }),
        )
        rereadRecords(client)
        const left = batch.issues.length
        toast(left > 0 ? t('merge.undoneLeft', { count: left }) : t('merge.undone', { count: batch.count }))
        return true
      } catch (error) {
        toastFailure(failureText(error, t))
        return false
      }
    },
    [client, object, t],
  )
}

/** What is merged: the record that stays, those that go into it, and what it gets of them. */
export interface Merge {
  readonly survivor: RecordValues
  readonly title: string
  readonly from: readonly string[]
  readonly data: Values
}

/** Merges records, and offers the way back; @throws what the server refuses it with */
export function useMerge(object: ObjectModel): (merge: Merge) => Promise<void> {
  const { t } = useTranslation()
  const label = useLabel()
  const client = useQueryClient()
  const unmerge = useUnmerge(object)
  return useCallback(
    async ({ survivor, title, from, data }) => {
      const { mutations } = rootNames(object.name, object.plural)
      const document = `mutation Merge($into: ID!, $from: [ID!]!, $data: ${typeNames(object.name).Update}, $version: Int, $confirm: [String!]) { record: ${mutations.merge}(into: $into, from: $from, data: $data, version: $version, confirm: $confirm) { id } }`
      await withWarnings(confirm => ask('/graphql', document, { into: survivor.id, from, data, version: survivor.version, confirm }))
      rereadRecords(client)
      const [first = ''] = from
      toast(t('merge.done', { count: from.length + 1, name: label(object.pluralLabel), title }), {
        undo: { label: t('undo'), run: () => void unmerge(first) },
        seconds: undoSeconds,
      })
    },
    [client, object, unmerge, label, t],
  )
}
