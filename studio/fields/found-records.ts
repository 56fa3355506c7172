import type { ObjectModel } from '@tessera/platform/model/model.js'
import { useDeferredValue } from 'react'
import { useRecordPages } from '../api/records.js'

/** A record to choose. */
export interface Option {
  value: string
  label: string
}

/** Records of an object that fit what is typed and a condition, named by their title; the latest ones when nothing is typed. */
export function useFound(
  object: ObjectModel | undefined,
  title: string,
  typed: string,
  isOpen: boolean,
  where?: Readonly<Record<string, unknown>>,
) {
  const search = useDeferredValue(typed.trim())
  const pages = useRecordPages({
    object: object as ObjectModel,
    select: `id version title: ${title}`,
    search,
    where,
    orderBy: search === '' ? [{ updatedAt: 'DESC' }] : undefined,
    first: 20,
    enabled: object !== undefined && isOpen,
  })
  const options = (pages.data?.pages ?? [])
    .flatMap(page => page.nodes)
    .map((node): Option => ({ value: node.id, label: String(node.title ?? '') || node.id }))
  return { options, isLoading: pages.isFetching }
}
