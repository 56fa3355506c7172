import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useMemo, useState } from 'react'
import { aggregateQuery, isRough, useCounts } from '../../api/records.js'
import type { ListState } from './list-state.js'

/**
 * How many records a list has: told roughly where they are many, and counted exactly once somebody leaves its beginning behind.
 * @param most more than these are not counted
 */
export function useListTotal(object: ObjectModel, { where, search }: ListState, most: number) {
  const client = useQueryClient()
  const counting = useMemo(() => [{ where, search }], [where, search])
  const told = useCounts(object, counting).data?.[0]
  const [exactly, setExactly] = useState<unknown>()
  const isCounted = isRough(told) && (told ?? 0) <= most
  const counted = aggregateQuery({ object, measures: 'count', where, search })
  const { data } = useQuery({ ...counted, enabled: isCounted && exactly === counting })
  const exact = isRough(told) ? data?.[0]?.count : told
  return {
    told,
    exact,
    beExact: () => setExactly(counting),
    /** The number, counted now if need be; `otherwise` where it is not. */
    ask: async (otherwise: number): Promise<number> => {
      if (!isCounted) return otherwise
      setExactly(counting)
      const groups = await client.fetchQuery({ ...counted, staleTime: 30_000 }).catch(() => [])
      return groups[0]?.count ?? otherwise
    },
  }
}
