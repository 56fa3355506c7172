import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { instantOf } from '@tessera/platform/fields/zone.js'
import { ask } from '../api/client.js'
import type { HistoryEntry } from '../api/records.js'

/** Something that somebody did, or tried to. */
export interface AuditEntry {
  readonly id: string
  readonly at: string
  readonly kind: string
  readonly action: string
  readonly actor: { readonly id: string; readonly name: string } | null
  readonly object: string | null
  readonly record: string | null
  readonly title: string | null
  readonly changes: HistoryEntry['changes'] | null
  readonly channel: string | null
  readonly cause: readonly string[]
  readonly address: string | null
  readonly data: Readonly<Record<string, unknown>> | null
  readonly position: number | null
}

interface AuditPage {
  readonly entries: readonly AuditEntry[]
  readonly next: string | null
}

/** All kinds of entries, in the order in which they are offered. */
export const auditKinds = [
  'alert',
  'record',
  'signIn',
  'denial',
  'reveal',
  'export',
  'rights',
  'member',
  'key',
  'metadata',
  'settings',
  'bin',
] as const

/** What is looked for: days of the member's zone, both ends included. */
export interface AuditSearch {
  readonly member: string | null
  readonly record: string | null
  readonly kinds: readonly string[]
  readonly from: string | null
  readonly until: string | null
}

const document = `query Audit($member: ID, $record: ID, $kinds: [String!], $from: DateTime, $until: DateTime, $after: String) {
  auditLog(member: $member, record: $record, kinds: $kinds, from: $from, until: $until, after: $after, first: 50) { next entries {
    id at kind action actor { id name } object record title changes channel cause address data position } } }`

const midnight = { hour: 0, minute: 0 }
const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const textOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10)
const dayAfter = (day: string): string => textOf(startOf(day) + 86_400_000)
const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(startOf(text)) && textOf(startOf(text)) === text

/** The search as the address has it; what fits nothing is left out. */
export function searchOf(params: URLSearchParams): AuditSearch {
  const day = (name: string) => (isDay(params.get(name) ?? '') ? params.get(name) : null)
  const kinds = (params.get('kind') ?? '').split(',').filter(kind => auditKinds.some(known => known === kind))
  return { member: params.get('member'), record: params.get('record'), kinds, from: day('from'), until: day('until') }
}

/** The entries that fit, the newest first, a page at a time. */
export function useAudit({ member, record, kinds, from, until }: AuditSearch, timeZone: string) {
  const variables = {
    member,
    record,
    kinds: kinds.length > 0 ? kinds : null,
    from: from && instantOf(from, midnight, timeZone),
    until: until && instantOf(dayAfter(until), midnight, timeZone),
  }
  return useInfiniteQuery({
    queryKey: ['audit', variables],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (await ask<{ auditLog: AuditPage }>('/platform', document, { ...variables, after: pageParam }, signal)).auditLog,
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  })
}
