import { conditionOf } from '@tessera/platform/access/profile.js'
import { type Issue, joinPath } from '@tessera/platform/errors.js'
import type { ObjectModel, ValidationModel } from '@tessera/platform/model/model.js'
import type { Change } from '@tessera/platform/records/change.js'
import { brokenRules, holds } from '@tessera/platform/records/check.js'
import { forbidden, type Prepared } from './decide.js'
import { judgeHolders } from './judge-holders.js'
import { entryOf, type Ledger } from './ledger.js'
import type { Related } from './related.js'
import { keysOfRule, pathsOfRules } from './rule-reads.js'
import type { RowIssue, WriteContext } from './write-context.js'

/**
 * Judges all changes by the rules of their objects, everything computed being up to date: what was asked for, and what follows from it.
 * Issues of a draft go to the draft; those of records that only follow come back, at the row that they follow from.
 */
export async function judge(prepared: readonly Prepared[], ledger: Ledger, related: Related, context: WriteContext): Promise<RowIssue[]> {
  const drafts = new Map(prepared.map(entry => [`${entry.draft.object.name} ${entry.draft.id}`, entry]))
  await loadRelated(ledger, related, context)
  const issues: RowIssue[] = []
  for (const [key, { change, row }] of ledger) {
    const entry = drafts.get(key)
    const found = judgeChange(change, entry?.issues ?? [], entry?.draft.path ?? '', related, context)
    if (entry) entry.issues.push(...found)
    else issues.push(...found.map(issue => ({ row, id: change.id, issue })))
  }
  // a record of the request that only its lines or links change is not judged above
  const isJudged = (object: ObjectModel, id: string) => {
    const entry = entryOf(ledger, object, id)
    return entry !== undefined && entry.change.isComputed !== true
  }
  issues.push(...(await judgeHolders(ledger, isJudged, related, context)))
  return issues
}

async function loadRelated(ledger: Ledger, related: Related, context: WriteContext): Promise<void> {
  for (const object of new Set([...ledger.values()].map(({ change }) => change.object))) {
    const changes = [...ledger.values()].map(({ change }) => change).filter(change => change.object === object)
    const conditions = context.profile ? [conditionOf(context.profile, 'create', object.name)].filter(rule => rule !== null) : []
    const paths = pathsOfRules(object, [...object.rules.map(rule => rule.must), ...conditions], context)
    const rows = changes.flatMap(change => (change.before ? [change.before, change.after] : [change.after]))
    if (paths.length > 0) await related.load(object, rows, paths, false)
    await related.loadOthers(
      object,
      changes.map(change => change.after),
      [...object.rules.map(rule => rule.must), ...conditions],
    )
  }
}

function judgeChange(change: Change, known: readonly Issue[], path: string, related: Related, context: WriteContext): Issue[] {
  const { object, deed, before, after } = change
  if (deed === 'deleted' || deed === 'restored') return []
  const judged = related.judged(object, before, after)
  const broken = new Set(known.map(issue => issue.path))
  const isSound = (rule: ValidationModel) => keysOfRule(rule.must, object, context).every(key => isKnown(key, change, path, broken))
  const rules = object.rules.filter(rule => isConcerned(rule, change, context) && isSound(rule))
  const issues = brokenRules(rules, judged, deed === 'created' ? 'create' : 'update', path)
  const condition = deed === 'created' && context.profile ? conditionOf(context.profile, 'create', object.name) : null
  const isRefused = condition !== null && known.length === 0 && issues.length === 0 && !holds(condition, judged)
  return isRefused ? [forbidden(object, 'create', path)] : issues
}

/** A record that only follows is judged by the rules that read what changed in it. */
const isConcerned = (rule: ValidationModel, { isComputed, changed, object }: Change, context: WriteContext): boolean =>
  !isComputed || keysOfRule(rule.must, object, context).some(key => changed.includes(key))

/** Whether a value is as it will be: neither refused itself nor computed from what may have been refused. */
const isKnown = (key: string, { object }: Change, path: string, broken: ReadonlySet<string>): boolean =>
  !broken.has(joinPath(path, key)) && (broken.size === 0 || object.fields[key]?.writable !== false)
