import type { Issue } from '@tessera/platform/errors.js'

/** What every API of the runtime answers with when a request cannot be met. */
export type RequestErrorCode =
  | 'BAD_REQUEST'
  | 'VALIDATION_FAILED'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'DUPLICATE'
  | 'TOO_COMPLEX'
  | 'RATE_LIMITED'
  | 'TIMEOUT'
  | 'INTERNAL'

/** An expected problem of a request; its issues reach the caller in their language. */
export class RequestError extends Error {
  constructor(
    readonly code: RequestErrorCode,
    readonly issues: readonly Issue[],
  ) {
    super(issues[0]?.message ?? code)
    this.name = 'RequestError'
  }
}
