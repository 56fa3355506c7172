import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ElementRef } from '@tessera/platform/definitions/index.js'
import type { Label } from '@tessera/platform/label.js'
import { useApp } from '../api/app.js'
import { type ApiIssue, ask } from '../api/client.js'
import type { StepCost, TouchedThing } from './consequences.js'
import { type Entries, putsOf, removalsOf } from './draft.js'
import { definitionsOf } from './draft-api.js'

/** One thing that a publish does, in words. */
export interface Step {
  readonly do: string
  readonly kind: string
  readonly path: string
  readonly was: string | null
  readonly title: Label
  readonly detail: Label
  readonly loses: Label | null
  readonly count: number | null
  /** What must be confirmed for it. */
  readonly confirm: string | null
}

/** An element that names what changes. */
export interface Touched extends ElementRef {
  readonly label: Label
  readonly at: readonly string[]
}

/** What a publish would do, and what stands against it. */
export interface Check {
  readonly issues: readonly ApiIssue[]
  readonly plan: readonly Step[]
  readonly impact: readonly Touched[]
  readonly sql: string
  readonly readings: Readings | null
  /** What changes so that others may notice, with what uses it; absent where nobody asked. */
  readonly touched?: readonly TouchedThing[]
  /** What the steps are reckoned to take; absent where nobody asked. */
  readonly cost?: readonly StepCost[]
}

/** In which readings the examples were run, and which of them PostgreSQL was not asked. */
export interface Readings {
  readonly examples: number
  readonly reference: number
  readonly postgres: number
  readonly uncovered: readonly { readonly path: string; readonly why: string }[]
}

/** What is still being built behind a version. */
export interface Building {
  readonly do: string
  readonly table: string
  readonly name: string
  readonly state: string
  readonly error: string | null
}

interface Published {
  readonly version: number
  readonly plan: readonly Step[]
  readonly building: readonly Building[]
}

const checkDocument =
  'query Check($put: [JSON!], $remove: [ElementRef!], $to: Int) { check(put: $put, remove: $remove, to: $to) { issues plan impact sql readings touched cost } }'

/** Asks the server what a set of definitions would do; nothing is changed by it. */
export const askCheck = async (put: readonly unknown[], remove: readonly ElementRef[], signal?: AbortSignal): Promise<Check> =>
  (await ask<{ check: Check }>('/platform', checkDocument, { put, remove }, signal)).check

/** What publishing a draft would do. */
export const useCheck = (entries: Entries, version: number) =>
  useQuery({
    queryKey: ['check', version, entries],
    queryFn: ({ signal }) => askCheck(putsOf(entries), removalsOf(entries), signal),
    enabled: Object.keys(entries).length > 0,
    staleTime: 0,
    gcTime: 0,
  })

/** What going back to a version would do. */
export const useRollbackCheck = (to: number | null, version: number) =>
  useQuery({
    queryKey: ['check', version, 'back', to],
    queryFn: async ({ signal }) => (await ask<{ check: Check }>('/platform', checkDocument, { to }, signal)).check,
    enabled: to !== null,
    staleTime: 0,
    gcTime: 0,
  })

const publishDocument = `mutation Publish($put: [JSON!], $remove: [ElementRef!], $confirm: [String!], $expectedVersion: Int, $message: String) {
  publish(put: $put, remove: $remove, confirm: $confirm, expectedVersion: $expectedVersion, message: $message) { version plan building }
}`
const rollbackDocument =
  'mutation Rollback($to: Int!, $confirm: [String!]) { rollback(to: $to, confirm: $confirm) { version plan building } }'

/** The session holds the definitions, so reading it again gives every page the new model; forms keep what is typed. */
function useRefresh() {
  const client = useQueryClient()
  return async () => {
    await client.invalidateQueries({ queryKey: ['session'] })
    await Promise.all(
      ['versions', 'packages', 'building', 'records', 'totals', 'reports'].map(key => client.invalidateQueries({ queryKey: [key] })),
    )
  }
}

/** Makes a draft live. */
export function usePublish() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: async ({
      entries,
      ...rest
    }: {
      entries: Entries
      confirm: readonly string[]
      expectedVersion: number
      message: string | null
    }) =>
      (await ask<{ publish: Published }>('/platform', publishDocument, { put: putsOf(entries), remove: removalsOf(entries), ...rest }))
        .publish,
    onSuccess: refresh,
  })
}

/** Publishes an earlier version again; without `confirm` everything it hides is taken as confirmed. */
export function useRollback() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: async (input: { to: number; confirm?: readonly string[] }) =>
      (await ask<{ rollback: Published }>('/platform', rollbackDocument, { ...input })).rollback,
    onSuccess: refresh,
  })
}

/** A published version. */
export interface Version {
  readonly number: number
  readonly publishedAt: string
  /** The id of the member who published; null for a program. */
  readonly author: string | null
  readonly message: string | null
}

/** Every published version up to the one that is live, newest first; a list of before the last publish is never shown. */
export const useVersions = () => {
  const { version } = useApp()
  return useQuery({
    queryKey: ['versions', version],
    queryFn: async ({ signal }) =>
      (await ask<{ versions: Version[] }>('/platform', 'query Versions { versions { number publishedAt author message } }', {}, signal))
        .versions,
  })
}

/** What is still being built, asked again while there is something. */
export const useBuilding = () =>
  useQuery({
    queryKey: ['building'],
    queryFn: async ({ signal }) => (await ask<{ building: Building[] }>('/platform', 'query Building { building }', {}, signal)).building,
    refetchInterval: query => ((query.state.data ?? []).some(each => each.state !== 'done' && each.state !== 'failed') ? 2000 : false),
  })

/** The definitions of any version. */
export const useDefinitionsOf = (version: number) =>
  useQuery({
    queryKey: ['definitions', 'of', version],
    queryFn: ({ signal }) => definitionsOf(version, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** All definitions of a version, whatever the roles of the admin show; the former ones stay until they are here. */
export const useDefinitions = (version: number) =>
  useQuery({
    queryKey: ['definitions', version],
    queryFn: async ({ signal }) => ({ version, live: await definitionsOf(version, signal) }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
