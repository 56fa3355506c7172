import { localizeIssue, warningOf } from '@tessera/platform/errors.js'
import type { Locale } from '@tessera/platform/label.js'
import type { CellProblem } from '@tessera/platform/records/import-row.js'
import type { BatchOutcome } from './batch.js'
import type { ImportReason, ImportResult } from './import-store.js'
import type { RefusedRow, ShownProblem } from './refused-rows.js'

/** So many reasons are listed one by one; further values of a column count together. */
const mostReasons = 200

/** Refused rows in the words of whoever imports. */
export const shownRows = (refused: BatchOutcome['refused'], locale: Locale): RefusedRow[] =>
  refused.map(({ row, problems }) => ({ line: row.line, cells: row.cells, problems: problems.map(problem => shown(problem, locale)) }))

function shown({ column, value, issue, suggestion }: CellProblem, locale: Locale): ShownProblem {
  const { code, message, hint } = localizeIssue(issue, locale)
  const rule =
    typeof issue.params.rule === 'string' ? { rule: issue.params.rule, severity: warningOf(issue) === null ? null : 'warning' } : {}
  return { code, column, value, message, hint, suggestion, ...(rule as Pick<ShownProblem, 'rule' | 'severity'>) }
}

/** The result with those of one more batch. */
export function resultWith(before: ImportResult, outcome: BatchOutcome, refused: readonly RefusedRow[]): ImportResult {
  return {
    created: before.created + outcome.created,
    updated: before.updated + outcome.updated,
    unchanged: before.unchanged + outcome.unchanged,
    refused: before.refused + refused.length,
    reasons: reasonsWith(before.reasons, refused),
  }
}

function reasonsWith(before: readonly ImportReason[], refused: readonly RefusedRow[]): ImportReason[] {
  const reasons = new Map(before.map(reason => [keyOf(reason), reason]))
  for (const { problems } of refused) {
    for (const problem of problems) {
      const isListed = reasons.has(keyOf(problem)) || reasons.size < mostReasons
      const reason: ImportReason = isListed ? { ...problem, count: 0 } : { ...problem, value: null, suggestion: null, count: 0 }
      const known = reasons.get(keyOf(reason)) ?? reason
      reasons.set(keyOf(reason), { ...known, count: known.count + 1 })
    }
  }
  return [...reasons.values()].sort((left, right) => right.count - left.count)
}

const keyOf = ({ code, column, value, rule }: Pick<ImportReason, 'code' | 'column' | 'value' | 'rule'>): string =>
  JSON.stringify([code, column, value, rule ?? null])
