import { issue } from '@tessera/platform/errors.js'
import { RequestError } from '../request-error.js'
import type { Caller } from './caller.js'

/** The caller, who must be signed in; throws `UNAUTHENTICATED`. */
export function requireCaller(caller: Caller | null): Caller {
  if (!caller) throw new RequestError('UNAUTHENTICATED', [issue('SIGN_IN_NEEDED', '')])
  return caller
}

/** The caller, who must be an admin; throws `UNAUTHENTICATED` or `FORBIDDEN`. */
export function requireAdmin(caller: Caller | null): Caller {
  const known = requireCaller(caller)
  if (!known.isAdmin) throw new RequestError('FORBIDDEN', [issue('ADMIN_NEEDED', '')])
  return known
}

/** The caller, who must be a person in a session: what somebody signs in with is not changed by a program's key. Throws `UNAUTHENTICATED` or `FORBIDDEN`. */
export function requirePerson(caller: Caller | null): Caller {
  const known = requireCaller(caller)
  if (known.viewing) throw new RequestError('FORBIDDEN', [issue('VIEW_READS', '')])
  if (known.credential.kind !== 'session') throw new RequestError('FORBIDDEN', [issue('SESSION_NEEDED', '')])
  return known
}
