import type { Locale } from '@tessera/platform/label.js'
import type { Reach } from '@tessera/platform/query/reach.js'

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
}
