import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { rootNames, typeNames } from '@tessera/platform/model/naming.js'
import { useState } from 'react'
import { ask } from './client.js'
import type { RecordsAsked, RecordValues } from './records.js'

/** Records of a list that stand side by side, and which row the first of them is. */
interface PlacedPage {
  readonly at: number
  nodes: RecordValues[]
  readonly pageInfo: Ends
}

interface Ends {
  readonly hasNextPage: boolean
  readonly endCursor: string | null
  readonly hasPreviousPage: boolean
  readonly startCursor: string | null
}

/** Where reading begins: at a row, behind a cursor, or before one. */
interface Way {
  readonly at: number
  readonly after?: string
  readonly before?: string
  readonly count?: number
}

/** The row that the pages of a list are read from on; each jump makes a new one. */
export interface Anchor {
  readonly at: number
  readonly turn: number
}

const pageSize = 100
const mostPages = 10
const mostAtOnce = 1000
let turns = 0

/** The first row of a list. */
export const top: Anchor = { at: 0, turn: 0 }

const ends = 'pageInfo { hasNextPage endCursor hasPreviousPage startCursor }'
type Asked = Pick<RecordsAsked, 'object' | 'select' | 'where' | 'search' | 'orderBy'>

function document({ object, select }: Asked, part: string): string {
  const types = typeNames(object.name)
  return `query List($where: ${types.Where}, $search: String, $orderBy: [${types.OrderBy}!], $first: Int, $after: String, $last: Int, $before: String, $offset: Int) {
  page: ${rootNames(object.name, object.plural).queries.many}(where: $where, search: $search, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset) { ${select === '' ? '' : `nodes { ${select} } `}${part} }
}`
}

interface Range {
  readonly first?: number
  readonly after?: string
  readonly last?: number
  readonly before?: string
  readonly offset?: number
}

interface Answer {
  nodes: RecordValues[]
  pageInfo: Ends
  totalCount: number
}

async function read(asked: Asked, range: Range, signal: AbortSignal | undefined, part = ends): Promise<Answer> {
  const { where, search, orderBy } = asked
  const variables = { where, search: search || undefined, orderBy, ...range }
  return (await ask<{ page: Answer }>('/graphql', document(asked, part), variables, signal)).page
}

/** The cursor before a row far down, counted from the end that is nearer; only the cursor is made for what is passed over. */
async function cursorAt(asked: Asked, at: number, total: number | undefined, signal?: AbortSignal): Promise<string | null> {
  const fromEnd = total !== undefined && total - at < at
  const range = fromEnd ? { last: 1, offset: Math.max(0, total - at) } : { first: 1, offset: at - 1 }
  return (await read({ ...asked, select: '' }, range, signal, 'pageInfo { endCursor }')).pageInfo.endCursor
}

async function readPage(asked: Asked, way: Way, total: number | undefined, signal: AbortSignal): Promise<PlacedPage> {
  const { at, after, before, count = pageSize } = way
  if (before !== undefined) {
    const page = await read(asked, { last: count, before }, signal)
    return { ...page, at: at + count - page.nodes.length }
  }
  if (at === 0) return { ...(await read(asked, { first: pageSize }, signal)), at }
  const cursor = after ?? (await cursorAt(asked, at, total, signal))
  if (cursor !== null) return { ...(await read(asked, { first: pageSize, after: cursor }, signal)), at }
  // there are not so many: the last ones
  const page = await read(asked, { last: pageSize }, signal, `${ends} totalCount`)
  return { ...page, at: page.totalCount - page.nodes.length }
}

function wayOn(last: PlacedPage): Way | undefined {
  const { hasNextPage, endCursor } = last.pageInfo
  return hasNextPage && endCursor !== null ? { at: last.at + last.nodes.length, after: endCursor } : undefined
}

function wayBack({ at, pageInfo }: PlacedPage): Way | undefined {
  const count = Math.min(pageSize, at)
  const { hasPreviousPage, startCursor } = pageInfo
  return hasPreviousPage && startCursor !== null && count > 0 ? { at: at - count, before: startCursor, count } : undefined
}

/**
 * A part of a list without gaps, which grows at both ends by cursors and lets go of what is far away; `jump` begins another one elsewhere.
 * What was shown stays until the new part is here.
 * @param begins where the first part begins
 * @param total how many there are, if that is known exactly
 */
export function useRecordWindow(asked: Asked, begins: Anchor, total: number | undefined) {
  const client = useQueryClient()
  const { object, select, where, search, orderBy } = asked
  const question = JSON.stringify([where, search, orderBy])
  const [chosen, setChosen] = useState({ question, anchor: begins })
  if (chosen.question !== question) setChosen({ question, anchor: top })
  const anchor = chosen.question === question ? chosen.anchor : top
  const queryKey = ['records', object.name, 'pages', { select, where, search, orderBy, from: anchor }] as const
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => readPage(asked, pageParam, total, signal),
    initialPageParam: { at: anchor.at } as Way,
    getNextPageParam: wayOn,
    getPreviousPageParam: wayBack,
    maxPages: mostPages,
    placeholderData: keepPreviousData,
  })
  const jump = (row: number) => {
    const at = Math.max(0, Math.floor((row - pageSize / 4) / pageSize) * pageSize)
    client.removeQueries({ queryKey, exact: true })
    setChosen({ question, anchor: { at, turn: ++turns } })
  }
  const [first, last] = [pages.data?.pages[0], pages.data?.pages.at(-1)]
  // of what is shown, which may be what was read before
  const hasBefore = first?.pageInfo.hasPreviousPage ?? false
  const hasAfter = last !== undefined && wayOn(last) !== undefined
  return { pages, hasBefore, hasAfter, question, anchor, jump }
}

/** The ids of the records from one row to another, as many as `most`. */
export async function idsBetween(asked: Asked, from: number, to: number, most: number): Promise<string[]> {
  const wanted = Math.min(most, to - from + 1)
  const ids: string[] = []
  let after = from > 0 ? await cursorAt(asked, from, undefined) : null
  while (ids.length < wanted) {
    const range = { first: Math.min(mostAtOnce, wanted - ids.length), ...(after === null ? {} : { after }) }
    const page = await read({ ...asked, select: 'id' }, range, undefined)
    ids.push(...page.nodes.map(({ id }) => id))
    after = page.pageInfo.endCursor
    if (!page.pageInfo.hasNextPage) break
  }
  return ids
}

/** Which of these records match a question. */
export async function idsAmong(
  asked: Omit<Asked, 'select' | 'orderBy'>,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<Set<string>> {
  const here = new Set<string>()
  for (let at = 0; at < ids.length; at += mostAtOnce) {
    const among = { id: { in: ids.slice(at, at + mostAtOnce) } }
    const where = asked.where ? { and: [asked.where, among] } : among
    const { nodes } = await read({ ...asked, select: 'id', where }, { first: mostAtOnce }, signal)
    for (const { id } of nodes) here.add(id)
  }
  return here
}
