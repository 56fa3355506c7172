import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useEffect, useRef } from 'react'
import { useApp } from './app.js'
import { ask } from './client.js'

/** A kept field of which many values are being computed anew. */
export interface Recalculating {
  readonly field: string
  readonly done: number
  /** Null until the records are counted. */
  readonly total: number | null
}

const none: readonly Recalculating[] = []
const query = 'query Recalculating($object: String!) { recalculating(object: $object) { field done total } }'

/**
 * The fields of an object whose values are being computed anew, with how far that is; looked after while it goes on, and then the records
 * are read again. Nothing is asked for objects without a field that very many records could follow in.
 */
export function useRecalculating(object: ObjectModel): readonly Recalculating[] {
  const { model } = useApp()
  const client = useQueryClient()
  const canBe = model.computed.some(
    ({ object: name, inputs }) => name === object.name && inputs.some(({ path }) => path && path.length > 0),
  )
  const { data = none } = useQuery({
    queryKey: ['recalculating', object.name],
    queryFn: async ({ signal }) =>
      (await ask<{ recalculating: Recalculating[] }>('/platform', query, { object: object.name }, signal)).recalculating,
    enabled: canBe,
    staleTime: 15_000,
    refetchInterval: ({ state }) => ((state.data ?? none).length > 0 ? 2_000 : false),
  })
  const was = useRef(0)
  useEffect(() => {
    if (was.current > 0 && data.length === 0) void client.invalidateQueries({ queryKey: ['records', object.name] })
    was.current = data.length
  }, [data, client, object.name])
  return data
}
