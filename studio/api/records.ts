import { keepPreviousData, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames, typeNames } from '@tessera/platform/model/naming.js'
import { countedUpTo } from '@tessera/platform/query/counted.js'
import { ask } from './client.js'

/** A record as the API gives it; every record has at least these. */
export interface RecordValues {
  readonly id: string
  readonly version: number
  readonly [key: string]: unknown
}

/** A related record or a member, named. */
export interface Related {
  readonly id: string
  readonly title: string | null
  /** Its object, where that does not follow from the field. */
  readonly type?: string
}

export interface Page {
  nodes: RecordValues[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/** Which records: the API's `where`, what is searched, the order. */
export interface RecordsAsked {
  readonly object: ObjectModel
  readonly select: string
  readonly where?: Readonly<Record<string, unknown>> | undefined
  readonly search?: string | undefined
  readonly orderBy?: readonly Readonly<Record<string, unknown>>[] | undefined
  readonly first?: number
  readonly enabled?: boolean
}

/** The document that lists records of an object with the fields of `select`. */
export function listDocument(object: ObjectModel, select: string): string {
  const { queries } = rootNames(object.name, object.plural)
  const types = typeNames(object.name)
  return `query List($where: ${types.Where}, $search: String, $orderBy: [${types.OrderBy}!], $first: Int, $after: String) {
  page: ${queries.many}(where: $where, search: $search, orderBy: $orderBy, first: $first, after: $after) { nodes { ${select} } pageInfo { hasNextPage endCursor } }
}`
}

/** Records page by page; the next page is asked for with `fetchNextPage`. What was shown stays while another question is answered. */
export function useRecordPages({ object, select, where, search, orderBy, first = 100, enabled = true }: RecordsAsked) {
  return useInfiniteQuery({
    queryKey: ['records', object.name, 'pages', { select, where, search, orderBy, first }],
    queryFn: async ({ pageParam, signal }) =>
      (
        await ask<{ page: Page }>(
          '/graphql',
          listDocument(object, select),
          { where, search: search || undefined, orderBy, first, after: pageParam ?? undefined },
          signal,
        )
      ).page,
    initialPageParam: null as string | null,
    getNextPageParam: last => (last.pageInfo.hasNextPage ? last.pageInfo.endCursor : undefined),
    placeholderData: keepPreviousData,
    enabled,
  })
}

/** One record with the fields of `select`; null when it is absent or not to be seen. `seed` is shown until the answer is here. */
export function useRecord(object: ObjectModel, id: string, select: string, seed?: RecordValues) {
  return useQuery({
    queryKey: ['records', object.name, 'one', id, select],
    queryFn: async ({ signal }) =>
      (
        await ask<{ record: RecordValues | null }>(
          '/graphql',
          `query One($id: ID!) { record: ${object.name}(id: $id) { ${select} } }`,
          { id },
          signal,
        )
      ).record,
    ...(seed ? { placeholderData: seed } : {}),
  })
}

/** One group of an aggregate: its keys in the order asked, the count and the sums asked for. */
export interface Group {
  keys: unknown[]
  count: number
  sum?: Record<string, string | null>
  avg?: Record<string, string | null>
}

export interface AggregateAsked {
  readonly object: ObjectModel
  readonly measures: string
  readonly groupBy?: readonly Readonly<Record<string, unknown>>[] | undefined
  readonly where?: Readonly<Record<string, unknown>> | undefined
  readonly search?: string | undefined
  readonly orderBy?: unknown
  readonly first?: number
  readonly enabled?: boolean
}

/** The document of an aggregate with the given measures, such as `count sum { amount }`. */
function aggregateDocument(object: ObjectModel, measures: string, isGrouped: boolean): string {
  const { queries } = rootNames(object.name, object.plural)
  const types = typeNames(object.name)
  const group = isGrouped ? `, $groupBy: [${types.GroupBy}!], $first: Int` : ''
  const given = isGrouped ? ', groupBy: $groupBy, first: $first' : ''
  return `query Totals($where: ${types.Where}, $search: String${group}) {
  groups: ${queries.aggregate}(where: $where, search: $search${given}) { ${isGrouped ? 'keys ' : ''}${measures} }
}`
}

/** How counts and sums over all records that match are read, never only over the loaded ones. */
export function aggregateQuery({ object, measures, groupBy, where, search, first = 1000 }: Omit<AggregateAsked, 'enabled'>) {
  const grouped = groupBy !== undefined && groupBy.length > 0
  return queryOptions({
    queryKey: ['totals', object.name, { measures, groupBy, where, search, first }],
    queryFn: async ({ signal }) =>
      (
        await ask<{ groups: Group[] }>(
          '/graphql',
          aggregateDocument(object, measures, grouped),
          { where, search: search || undefined, ...(grouped ? { groupBy, first } : {}) },
          signal,
        )
      ).groups,
  })
}

/** Counts and sums over all records that match; what was shown stays while others are read. */
export const useAggregate = ({ enabled = true, ...asked }: AggregateAsked) =>
  useQuery({ ...aggregateQuery(asked), placeholderData: keepPreviousData, enabled })

/** Whether a number of records is an estimate: the API counts so far and no further. */
export const isRough = (count: number | undefined): boolean => count !== undefined && count > countedUpTo

/** Which records are counted: the API's `where` and what is searched. */
export interface Counting {
  readonly where?: Readonly<Record<string, unknown>> | undefined
  readonly search?: string | undefined
}

/** How many records match each of several questions, in one request; about how many where they are many. */
export function useCounts(object: ObjectModel, asked: readonly Counting[]) {
  const { queries } = rootNames(object.name, object.plural)
  const types = typeNames(object.name)
  return useQuery({
    queryKey: ['totals', object.name, 'counts', asked],
    queryFn: async ({ signal }) => {
      const head = asked.map((_, index) => `$w${index}: ${types.Where}, $s${index}: String`).join(', ')
      const body = asked
        .map((_, index) => `c${index}: ${queries.many}(where: $w${index}, search: $s${index}) { estimatedCount }`)
        .join('\n  ')
      const variables = Object.fromEntries(
        asked.flatMap(({ where, search }, index) => [
          [`w${index}`, where],
          [`s${index}`, search || undefined],
        ]),
      )
      const answer = await ask<Record<string, { estimatedCount: number }>>(
        '/graphql',
        `query Counts(${head}) {\n  ${body}\n}`,
        variables,
        signal,
      )
      return asked.map((_, index) => answer[`c${index}`]?.estimatedCount ?? 0)
    },
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  })
}

/** One change of a record in its history. */
export interface HistoryEntry {
  id: string
  at: string
  actor: { id: string; name: string } | null
  action: string
  version: number
  changes: { field: string; before: unknown; after: unknown }[]
  /** The rules whose warnings were confirmed. */
  confirmed: string[]
}

/** What happened to a record, newest first. */
export function useHistory(object: ObjectModel, id: string, enabled = true) {
  return useQuery({
    queryKey: ['records', object.name, 'history', id],
    queryFn: async ({ signal }) =>
      (
        await ask<{ history: HistoryEntry[] }>(
          '/platform',
          'query History($object: String!, $id: ID!, $first: Int) { history(object: $object, id: $id, first: $first) { id at actor { id name } action version changes confirmed } }',
          { object: object.name, id, first: 100 },
          signal,
        )
      ).history,
    enabled,
  })
}

/** The members of the workspace, for people pickers. */
export function useMembers(enabled = true) {
  return useQuery({
    queryKey: ['members'],
    queryFn: async ({ signal }) =>
      (
        await ask<{ members: { id: string; name: string; email: string }[] }>(
          '/platform',
          'query Members { members { id name email } }',
          {},
          signal,
        )
      ).members,
    staleTime: 300_000,
    enabled,
  })
}
