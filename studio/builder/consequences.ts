import { useQuery } from '@tanstack/react-query'
import type { ElementRef } from '@tessera/platform/definitions/index.js'
import type { Label } from '@tessera/platform/label.js'
import { ask } from '../api/client.js'
import { type Entries, putsOf, removalsOf } from './draft.js'

/** Why a number is not told. */
export type Unchecked = 'hidden' | 'notYet' | 'slow' | 'notSql'

/** A definition that names what changes, and the package that it came with. */
export interface TouchedElement extends ElementRef {
  readonly label: Label
  readonly at: readonly string[]
  readonly package: string | null
}

/** One thing that changes, and everything that uses it. */
export interface TouchedThing {
  readonly do: string
  readonly kind: string
  readonly path: string
  readonly title: Label
  readonly mentions: readonly TouchedElement[]
  readonly views: {
    readonly shared: readonly { readonly id: string; readonly name: string; readonly object: string; readonly owner: string | null }[]
    readonly others: number
  }
  readonly clients: readonly ClientUse[]
}

/** What an API key did with a field in the last 30 days; a key that was revoked has no name. */
export interface ClientUse {
  readonly key: string
  readonly name: string | null
  readonly object: string
  readonly field: string
  readonly access: 'read' | 'write'
  readonly count: number
  readonly lastAt: string
}

/** Records that do not keep to what is asked of them. */
export interface Unkept {
  readonly kind: string
  readonly path: string
  readonly object: string
  readonly title: Label
  readonly bound: string | null
  readonly isWarning: boolean
  readonly count: number | null
  readonly isMore: boolean
  readonly looked: number | null
  readonly unchecked: Unchecked | null
  readonly rule: unknown
  readonly examples: readonly { readonly id: string | null; readonly title: string | null; readonly value: unknown }[]
}

/** What a role lets see and do differently. */
export interface Sight {
  readonly role: string
  readonly label: Label
  readonly members: number
  readonly object: string
  readonly title: Label
  readonly read: 'gains' | 'loses' | 'changes' | 'same'
  readonly actionsGained: readonly string[]
  readonly actionsLost: readonly string[]
  readonly fieldsGained: readonly Label[]
  readonly fieldsLost: readonly Label[]
  readonly people: readonly {
    readonly name: string
    readonly gained: number
    readonly lost: number
    readonly looked: number | null
    readonly unchecked: Unchecked | null
  }[]
}

/** What a step is reckoned to take. */
export interface StepCost {
  readonly do: string
  readonly table: string
  readonly title: Label
  readonly name: string | null
  readonly rows: number
  readonly seconds: number
  readonly waits: 'nobody' | 'moment' | 'rows'
  readonly isBehind: boolean
}

/** What was written since the version to which one goes back. */
export interface Meanwhile {
  readonly kind: 'hides' | 'converts' | 'returns'
  readonly path: string
  readonly object: string
  readonly title: Label
  readonly count: number | null
  readonly isMore: boolean
  readonly unchecked: Unchecked | null
  readonly examples: readonly { readonly id: string; readonly title: string | null; readonly at: string }[]
}

/** What a publish means for records and people. */
export interface Consequences {
  readonly data: readonly Unkept[]
  readonly access: readonly Sight[]
  readonly meanwhile: readonly Meanwhile[]
}

const document =
  'query Consequences($put: [JSON!], $remove: [ElementRef!], $to: Int) { check(put: $put, remove: $remove, to: $to) { data access meanwhile } }'

interface Asked {
  readonly put?: readonly unknown[]
  readonly remove?: readonly ElementRef[]
  readonly to?: number
}

const askConsequences = async (asked: Asked, signal: AbortSignal): Promise<Consequences> =>
  (await ask<{ check: Consequences }>('/platform', document, { ...asked }, signal)).check

const never = { staleTime: 0, gcTime: 0, retry: false } as const

/** What publishing a draft would mean; asked beside the plan, since looking at records takes longer. */
export const useConsequences = (entries: Entries, version: number) =>
  useQuery({
    queryKey: ['check', version, entries, 'consequences'],
    queryFn: ({ signal }) => askConsequences({ put: putsOf(entries), remove: removalsOf(entries) }, signal),
    enabled: Object.keys(entries).length > 0,
    ...never,
  })

/** The same for going back to a version. */
export const useRollbackConsequences = (to: number, version: number) =>
  useQuery({
    queryKey: ['check', version, 'back', to, 'consequences'],
    queryFn: ({ signal }) => askConsequences({ to }, signal),
    ...never,
  })
