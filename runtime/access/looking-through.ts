import type { Caller } from './caller.js'

/** A caller, and in how many milliseconds their roles change. */
export interface LookedUp {
  readonly caller: Caller | null
  readonly changesIn: number | null
}

/** What a session says of through whose eyes it looks. */
export interface ViewOfSession {
  readonly workspace_id: string
  readonly view_workspace: string | null
  readonly view_member: string | null
  /** Milliseconds until it is over, by the clock of the database. */
  readonly view_left: number | null
}

/** Through whose eyes an admin looks, and how many milliseconds more. */
export interface View {
  readonly member: string
  readonly left: number
}

/** The view of a session into the workspace that is asked for; null when there is none. */
export const viewOf = ({ workspace_id, view_workspace, view_member, view_left }: ViewOfSession): View | null =>
  view_member !== null && view_left !== null && view_workspace === workspace_id ? { member: view_member, left: view_left } : null

/**
 * The member whom an admin looks through: with that member's rights and none to write. A view that is over (its time, the admin's role, the
 * member) leaves nothing but to be ended, so that nobody writes as themselves who believes to be looking.
 * @param own the admin
 * @param seen the member
 */
export function lookingThrough({ left }: View, own: LookedUp, seen: LookedUp): LookedUp {
  const { caller: admin } = own
  if (!admin || admin.needs.length > 0) return own
  if (left <= 0 || !admin.isAdmin || !seen.caller || seen.caller.isAdmin) return { ...own, caller: { ...admin, needs: ['view'] } }
  const { id, name } = admin.member
  const caller: Caller = {
    ...seen.caller,
    locale: admin.locale,
    language: admin.language,
    needs: [],
    viewing: { by: { id, name }, until: new Date(Date.now() + left) },
  }
  return { caller, changesIn: Math.min(left, own.changesIn ?? left, seen.changesIn ?? left) }
}
