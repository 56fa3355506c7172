import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from './client.js'

/** A view that a member saved: a defined view with filters, order and columns over it. */
export interface SavedView {
  readonly id: string
  readonly name: string
  /** The address's question: `view=…&f=…`. */
  readonly query: string
  readonly columns: readonly string[] | null
  /** Everybody who may read the object has it. */
  readonly isShared: boolean
  readonly isMine: boolean
  readonly owner: string | null
}

const fields = 'id name query columns isShared isMine owner'
const listDocument = `query SavedViews($object: String!) { savedViews(object: $object) { ${fields} } }`
const saveDocument = `mutation SaveView($object: String!, $name: String!, $query: String!, $id: ID, $columns: [String!], $isShared: Boolean!) {
  saveView(object: $object, name: $name, query: $query, id: $id, columns: $columns, isShared: $isShared) { ${fields} } }`

const none: readonly SavedView[] = []
const keyOf = (object: string) => ['saved-views', object]

/** The saved views of an object: the member's own and those that others share; none until they are known. */
export function useSavedViews(object: string): readonly SavedView[] {
  const { data } = useQuery({
    queryKey: keyOf(object),
    queryFn: async ({ signal }) => (await ask<{ savedViews: SavedView[] }>('/platform', listDocument, { object }, signal)).savedViews,
    staleTime: 60_000,
  })
  return data ?? none
}

/** Saves a view, a new one or over the one of an id; the list of views follows. */
export function useSaveView(object: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (view: Omit<SavedView, 'id' | 'isMine' | 'owner'> & { readonly id?: string }) =>
      (await ask<{ saveView: SavedView }>('/platform', saveDocument, { ...view, object })).saveView,
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(object) }),
  })
}

/** Removes a saved view. */
export function useRemoveView(object: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => ask('/platform', 'mutation DeleteView($id: ID!) { deleteView(id: $id) }', { id }),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(object) }),
  })
}
