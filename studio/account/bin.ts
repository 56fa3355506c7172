import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { ask } from '../api/client.js'

/** Records of one object in a deletion. */
export interface DeletedRecords {
  readonly object: string
  readonly count: number
  readonly along: number
  readonly restorable: boolean
  readonly records: readonly { readonly id: string; readonly title: string | null }[]
}

/** What was deleted at once. */
export interface Deletion {
  readonly id: string
  readonly at: string
  readonly until: string
  readonly actor: { readonly id: string; readonly name: string } | null
  readonly deleted: readonly DeletedRecords[]
}

interface DeletionPage {
  readonly deletions: readonly Deletion[]
  readonly next: string | null
  readonly days: number
}

/** Why a record cannot come back as it was. */
export interface RestoreConflict {
  readonly object: string
  readonly id: string | null
  readonly title: string | null
  readonly message: string
  readonly hint: string
  readonly other: { readonly object: string; readonly id: string; readonly title: string | null } | null
}

/** What came back. */
export interface Restored {
  readonly object: string
  readonly ids: readonly string[]
}

/** More are not counted. */
export const mostCounted = 1_000

const document = `query Bin($mine: Boolean!, $after: String) { deletions(mine: $mine, after: $after, first: 20) { days next deletions {
  id at until actor { id name } deleted { object count along restorable records { id title } } } } }`

/** What is in the bin, the newest deletion first, a page at a time. */
export const useBin = (mine: boolean) =>
  useInfiniteQuery({
    queryKey: ['bin', mine],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (await ask<{ deletions: DeletionPage }>('/platform', document, { mine, after: pageParam }, signal)).deletions,
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  })

const conflictsDocument = `query Conflicts($deletion: ID!) { restoreConflicts(deletion: $deletion) {
  object id title message hint other { object id title } } }`
const restoreDocument = 'mutation RestoreDeletion($deletion: ID!) { restoreDeletion(deletion: $deletion) { object ids } }'

const purgeDocument = 'mutation PurgeDeletion($deletion: ID!) { purged: purgeDeletion(deletion: $deletion) { records isDone } }'
const emptyDocument = 'mutation EmptyBin($until: DateTime!) { purged: emptyBin(until: $until) { records isDone } }'

/** Deletes one deletion for good, or all until an instant; gives how many records went. */
export function usePurge() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (what: { readonly deletion: string } | { readonly until: string }): Promise<number> => {
      let count = 0
      for (let isDone = false; !isDone; ) {
        const document = 'deletion' in what ? purgeDocument : emptyDocument
        const { purged } = await ask<{ purged: { records: number; isDone: boolean } }>('/platform', document, { ...what })
        count += purged.records
        // what cannot go now does not go by asking on
        isDone = purged.isDone || purged.records === 0 || 'deletion' in what
      }
      return count
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['bin'] }),
  })
}

/** Restores a deletion, or tells what keeps it from coming back. */
export function useRestore() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (deletion: string): Promise<{ restored: readonly Restored[]; conflicts: readonly RestoreConflict[] }> => {
      const { restoreConflicts: conflicts } = await ask<{ restoreConflicts: RestoreConflict[] }>('/platform', conflictsDocument, {
        deletion,
      })
      if (conflicts.length > 0) return { restored: [], conflicts }
      const { restoreDeletion: restored } = await ask<{ restoreDeletion: Restored[] }>('/platform', restoreDocument, { deletion })
      return { restored, conflicts }
    },
    onSuccess: ({ restored }) =>
      restored.length > 0 ? Promise.all(['bin', 'records'].map(key => client.invalidateQueries({ queryKey: [key] }))) : undefined,
  })
}
