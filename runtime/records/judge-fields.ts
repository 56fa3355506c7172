import type { Issue } from '@tessera/platform/errors.js'
import type { Change } from '@tessera/platform/records/change.js'
import type { Judged } from '@tessera/platform/records/check.js'
import { brokenFields, ruledFields } from '@tessera/platform/records/check-fields.js'
import type { CheckedRule } from '@tessera/platform/rules/rule.js'
import type { Prepared } from './decide.js'
import { keysOfRule } from './rule-reads.js'
import type { WriteContext } from './write-context.js'

/**
 * Judges a change by the rules of its fields. An update is asked for values that it touches, and for those whose rules read what it changes.
 * @param isSound whether everything that a rule reads is known to be right
 */
export function judgeFields(
  change: Change,
  entry: Prepared | undefined,
  judged: Judged,
  isSound: (rule: CheckedRule) => boolean,
  context: WriteContext,
): readonly Issue[] {
  const { object, deed, changed } = change
  if (ruledFields(object).length === 0) return []
  const given = deed === 'created' ? givenKeys(entry) : changed
  const touched = new Set([...changed, ...Object.keys(entry?.values ?? {})])
  return brokenFields({
    judged,
    path: entry?.draft.path ?? '',
    changed: change.isComputed || change.isMoved ? [] : given,
    isAsked: (field, rules) =>
      deed === 'created' || touched.has(field.key) || rules.some(rule => keysOfRule(rule, object, context).some(key => touched.has(key))),
    isSound,
    isProduct: context.profile === null,
  })
}

/** What was given for a new record, its values in the form of their fields. */
const givenKeys = (entry: Prepared | undefined): string[] =>
  entry
    ? [...Object.keys(entry.draft.given), ...entry.draft.by.map(link => link.field.key)].filter(key => (entry.values[key] ?? null) !== null)
    : []
