import type { IncomingHttpHeaders } from 'node:http'
import { issue, localizeIssue } from '@tessera/platform/errors.js'
import type { Locale } from '@tessera/platform/label.js'
import { RequestError } from '../request-error.js'

/** A version as it is written in `X-Tessera-Version`. */
const written = /^[1-9]\d{0,8}$/

/** Whether a request says which model it knows in words that can be read; whoever says nothing does. */
export const saysReadably = ({ 'x-tessera-version': said }: IncomingHttpHeaders): boolean =>
  said === undefined || (typeof said === 'string' && written.test(said))

/** Throws `BAD_REQUEST` for a `X-Tessera-Version` that is no positive whole number. */
export function checkKnownVersion(headers: IncomingHttpHeaders): void {
  if (!saysReadably(headers))
    throw new RequestError('BAD_REQUEST', [
      issue('MODEL_VERSION_INVALID', 'X-Tessera-Version', { said: String(headers['x-tessera-version']) }),
    ])
}

interface Refusal {
  readonly message: string
  readonly extensions?: { readonly code?: string; readonly issues?: readonly unknown[] }
}

/**
 * An answer to whoever said in `X-Tessera-Version` which model they know: where it refuses the request as not understood and the model is
 * another one now, that comes first. Any other answer stays as it is.
 * @param present the version that answered
 */
export function withModelChange(answer: string, headers: IncomingHttpHeaders, present: number, language: Locale): string {
  const said = headers['x-tessera-version']
  if (said === undefined || !answer.startsWith('{"errors"')) return answer
  const known = Number(said)
  if (known === present) return answer
  const { errors, ...rest } = JSON.parse(answer) as { errors: readonly Refusal[] }
  const [first, ...others] = errors
  if (first?.extensions?.code !== 'BAD_REQUEST') return answer
  const { code, path, message, hint } = localizeIssue(issue('MODEL_CHANGED', 'query', { known, present }), language)
  const issues = [{ code, path, message, hint }, ...(first.extensions.issues ?? [])]
  const told = { ...first, message: `${message} ${first.message}`, extensions: { ...first.extensions, issues } }
  return JSON.stringify({ errors: [told, ...others], ...rest })
}
