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

/** Records by their ids, named by their title; those that may not be seen are absent. */
export function useNamed(object: ObjectModel | undefined, title: string, ids: readonly string[]): readonly Option[] {
  const pages = useRecordPages({
    object: object as ObjectModel,
    select: `id version title: ${title}`,
    where: { id: { in: ids } },
    first: 100,
    enabled: object !== undefined && ids.length > 0,
  })
  if (ids.length === 0) return none
  return (pages.data?.pages ?? [])
    .flatMap(page => page.nodes)
    .filter(({ id }) => ids.includes(id))
    .map((node): Option => ({ value: node.id, label: String(node.title ?? '') || node.id }))
}

const none: readonly Option[] = []

/** Options with those that are chosen already before them, each once. */
export const withChosen = (chosen: readonly Option[], options: readonly Option[]): Option[] => [
  ...chosen,
  ...options.filter(({ value }) => !chosen.some(one => one.value === value)),
]
