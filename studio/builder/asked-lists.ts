import { useQuery } from '@tanstack/react-query'
import type { AskedShape } from '@tessera/platform/tables/list-shape.js'
import { ask } from '../api/client.js'

interface Told {
  readonly object: string
  readonly filters: readonly { readonly field: string; readonly operator: string }[]
  readonly order: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[]
  readonly count: number
}

const document = `query AskedLists($object: String!) {
  askedLists(object: $object) { object filters { field operator } order { field direction } count } }`

/** What requests asked of the lists of an object in the last days; nothing until that is known. */
export function useAskedLists(object: string): readonly AskedShape[] {
  const { data } = useQuery({
    queryKey: ['asked lists', object],
    queryFn: async ({ signal }) => (await ask<{ askedLists: Told[] }>('/platform', document, { object }, signal)).askedLists.map(shapeOf),
  })
  return data ?? none
}

const none: readonly AskedShape[] = []

const shapeOf = ({ filters, order, ...told }: Told): AskedShape => ({
  ...told,
  filters: filters.map(({ field, operator }) => [field, operator]),
  order: order.map(({ field, direction }) => [field, direction]),
})
