import type { Locale } from '@tessera/platform/label.js'
import type { Reach } from '@tessera/platform/query/reach.js'

/** What a session must bring to an end before it may do anything else. */
export type Need = 'password' | 'secondFactor' | 'view'

/** What an API key is held to, beside what its member may. */
export interface KeyLimits {
  /** The objects it may touch, and of each the fields, or null for all of them. */
  readonly objects: Readonly<Record<string, readonly string[] | null>> | null
  readonly mayWrite: boolean
}

/** Through whose eyes somebody looks: an admin who sees what a member sees, and changes nothing. */
export interface Viewing {
  readonly by: { readonly id: string; readonly name: string }
  readonly until: Date
}

/** Who asks: a member of one workspace, as every read and write must know them. */
export interface Caller {
  readonly account: { readonly id: string }
  readonly member: { readonly id: string; readonly name: string; readonly email: string }
  readonly workspace: {
    readonly id: string
    readonly slug: string
    readonly name: string
    readonly schema: string
    readonly currency: string
    readonly timeZone: string
    readonly firstWeekday: number
  }
  /** Names of roles, sorted, so that equal sets are equal texts. */
  readonly roles: readonly string[]
  /** How far they reach by where they stand: positions below them, teams, queues, territories. */
  readonly reach: Reach
  /** Has a role that may do everything. */
  readonly isAdmin: boolean
  /** The language that the member chose for themselves. */
  readonly locale: string
  /** The language of this request's answers: what the request asks for, else the member's. */
  readonly language: Locale
  /** Whether a person asks from the app, by the browser's cookie, or a program by its token. */
  readonly channel: 'app' | 'api'
  readonly timeZone: string
  /** By what the caller is known. */
  readonly credential: { readonly kind: 'session' | 'key'; readonly id: string }
  /** Nothing but for sessions that are not complete. */
  readonly needs: readonly Need[]
  /** Null for sessions, and for keys that may do everything that their member may. */
  readonly limits: KeyLimits | null
  /** Who really asks, where an admin looks through this member's eyes; such a caller only reads. */
  readonly viewing: Viewing | null
  /** Where an API key may be used from; empty for everywhere. */
  readonly networks: readonly string[]
}
