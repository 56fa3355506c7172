import { issue, issueUnder } from '@tessera/platform/errors.js'
import { RequestError } from '../request-error.js'
import type { RowIssue } from './write-context.js'

const codeOf = {
  RECORD_NOT_FOUND: 'NOT_FOUND',
  VERSION_CONFLICT: 'CONFLICT',
  VALUE_DUPLICATE: 'DUPLICATE',
  SET_DUPLICATE: 'DUPLICATE',
  ACTION_FORBIDDEN: 'FORBIDDEN',
  RECORD_MERGED: 'CONFLICT',
} as const

/** The error of a write that was refused: its code when all issues are of one kind, else `VALIDATION_FAILED`. */
export function refusal(issues: readonly RowIssue[], isBatch: boolean): RequestError {
  const codes = new Set(issues.map(({ issue: { code } }) => (code in codeOf ? codeOf[code as keyof typeof codeOf] : 'VALIDATION_FAILED')))
  const [only] = codes
  const found = issues.map(entry => (isBatch && entry.row >= 0 ? issueUnder(String(entry.row), entry.issue) : entry.issue))
  return new RequestError(codes.size === 1 && only ? only : 'VALIDATION_FAILED', found.length > 0 ? found : [issue('INPUT_INVALID', '')])
}
