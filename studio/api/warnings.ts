import { ApiError, type ApiIssue } from './client.js'

/** Asks whether what rules warn of is meant so. */
export type AskWarnings = (warnings: readonly ApiIssue[]) => Promise<boolean>

let asking: AskWarnings = async () => false

/** Says who asks about warnings; gives the function that takes it back. */
export function onWarnings(ask: AskWarnings): () => void {
  asking = ask
  return () => {
    if (asking === ask) asking = async () => false
  }
}

/** The warnings that alone hold a write back; none when something else is wrong too, or nothing is. */
export function warningsOf(error: unknown): readonly ApiIssue[] {
  if (!(error instanceof ApiError) || error.issues.length === 0) return []
  return error.issues.every(issue => issue.severity === 'warning') ? error.issues : []
}

/**
 * Writes; what only warnings hold back is written once more when they are confirmed, naming their rules.
 * @throws what the write throws, the warnings too when they are not confirmed
 */
export async function withWarnings<T>(write: (confirm: readonly string[]) => Promise<T>, confirmed: readonly string[] = []): Promise<T> {
  try {
    return await write(confirmed)
  } catch (error) {
    const warnings = warningsOf(error)
    const named = warnings.flatMap(({ rule }) => (rule && !confirmed.includes(rule) ? [rule] : []))
    if (named.length === 0 || !(await asking(warnings))) throw error
    return withWarnings(write, [...confirmed, ...named])
  }
}
