import { conditionOf } from '@tessera/platform/access/profile.js'
import { type Issue, joinPath } from '@tessera/platform/errors.js'
import type { ObjectModel, ValidationModel } from '@tessera/platform/model/model.js'
import { parentIn, rulesIn } from '@tessera/platform/query/condition.js'
import type { Change } from '@tessera/platform/records/change.js'
import { brokenRules, type Judged } from '@tessera/platform/records/check.js'
import { rulesOfFields } from '@tessera/platform/records/check-fields.js'
import { covers } from '@tessera/platform/records/covered.js'
import { type CheckedRule, rowsOf } from '@tessera/platform/rules/rule.js'
import { type Broken, type Confirmation, eventsOf, settle } from './broken.js'
import { comesUnder } from './cover.js'
import { forbidden, type Prepared } from './decide.js'
import { judgeFields } from './judge-fields.js'
import { judgeHolders } from './judge-holders.js'
import { judgeLinks } from './judge-links.js'
import { judgeTransitions } from './judge-transitions.js'
import { entryOf, type Ledger } from './ledger.js'
import type { Related } from './related.js'
import { keysOfRule, pathsOfRules } from './rule-reads.js'
import { askingOf, type RowIssue, type WriteContext } from './write-context.js'

/** What came of judging: problems, and the warnings that the writer has confirmed. */
export interface Judgement {
  readonly issues: readonly RowIssue[]
  readonly confirmed: readonly Confirmation[]
}

/**
 * Judges all changes by the rules of their objects, everything computed being up to date: what was asked for, and what follows from it.
 * @param hasParent whether the writer's grants cover the parent that a line comes under
 * Issues of a draft go to the draft; those of records that only follow come back, at the row that they follow from.
 */
export async function judge(
  prepared: readonly Prepared[],
  ledger: Ledger,
  related: Related,
  context: WriteContext,
  hasParent: (judged: Judged) => boolean,
): Promise<Judgement> {
  const drafts = new Map(prepared.map(entry => [`${entry.draft.object.name} ${entry.draft.id}`, entry]))
  await loadRelated(ledger, related, context)
  const broken: Broken[] = []
  const issues: RowIssue[] = []
  for (const [key, { change, row }] of ledger) {
    const entry = drafts.get(key)
    const found = judgeChange(change, entry, related, context, hasParent)
    broken.push(
      ...found.rules.map(rule => ({ ...found, rule, id: change.id, version: change.version, row, issues: entry?.issues ?? null })),
    )
    if (entry) entry.issues.push(...found.issues)
    else issues.push(...found.issues.map(issue => ({ row, id: change.id, issue })))
  }
  await judgeLinks(drafts, ledger, related, context)
  issues.push(...(await judgeTransitions(drafts, ledger, related, context)))
  // a record of the request that only its lines or links change is not judged above
  const isJudged = (object: ObjectModel, id: string) => {
    const entry = entryOf(ledger, object, id)
    return entry !== undefined && entry.change.isComputed !== true
  }
  broken.push(...(await judgeHolders(ledger, isJudged, related, context)))
  const settled = await settle(broken, related, context)
  return { issues: [...issues, ...settled.issues], confirmed: settled.confirmed }
}

async function loadRelated(ledger: Ledger, related: Related, context: WriteContext): Promise<void> {
  for (const object of new Set([...ledger.values()].map(({ change }) => change.object))) {
    const changes = [...ledger.values()].map(({ change }) => change).filter(change => change.object === object)
    const conditions = context.profile ? rulesIn(conditionOf(context.profile, 'create', object.name)) : []
    const asked = [...object.rules.map(rule => rule.must), ...rulesOfFields(object), ...conditions]
    const paths = pathsOfRules(object, asked, context)
    const rows = changes.flatMap(change => (change.before ? [change.before, change.after] : [change.after]))
    if (paths.length > 0) await related.load(object, rows, paths, false)
    await related.loadOthers(
      object,
      changes.map(change => change.after),
      asked,
    )
  }
}

/** The rules that a change breaks, and what else is wrong with it. */
interface Found {
  readonly rules: readonly ValidationModel[]
  readonly issues: readonly Issue[]
  readonly judged: Judged
  readonly path: string
}

function judgeChange(
  change: Change,
  entry: Prepared | undefined,
  related: Related,
  context: WriteContext,
  hasParent: (judged: Judged) => boolean,
): Found {
  const { object, deed, before, after } = change
  const path = entry?.draft.path ?? ''
  const known = entry?.issues ?? []
  const judged = related.judged(object, before, after)
  if (deed === 'restored') return { rules: [], issues: [], judged, path }
  const broken = new Set(known.map(issue => issue.path))
  const isSound = (rule: CheckedRule) => keysOfRule(rule, object, context).every(key => isKnown(key, change, path, broken))
  const issues = deed === 'deleted' ? [] : judgeFields(change, entry, judged, isSound, context)
  for (const found of issues) broken.add(found.path)
  const asked = object.rules.filter(rule => isConcerned(rule, change, context) && isSound(rule.must))
  const rules = brokenRules(asked, judged, eventsOf(change, context))
  const isSoundSoFar = known.length + issues.length + rules.length === 0
  const refused = isSoundSoFar ? refusalOf(change, judged, context, hasParent) : null
  return { rules, issues: refused === null ? issues : [forbidden(object, refused, path)], judged, path }
}

/** The action that a change would need and the writer's grants do not cover: a new record as it will be, or a line under another parent. */
function refusalOf(
  change: Change,
  judged: Judged,
  context: WriteContext,
  hasParent: (judged: Judged) => boolean,
): 'create' | 'update' | null {
  const { object, deed } = change
  if (!context.profile) return null
  if (deed === 'created') {
    const condition = conditionOf(context.profile, 'create', object.name)
    return condition === null || covers(condition, judged, { ...askingOf(context), hasParent }) ? null : 'create'
  }
  return !change.isComputed &&
    !change.isMoved &&
    comesUnder(change) &&
    parentIn(conditionOf(context.profile, 'update', object.name)) !== null &&
    !hasParent(judged)
    ? 'update'
    : null
}

/** A record that only follows is judged by the rules that read what changed in it; so is an edited one by warnings, which ask once. */
const isConcerned = (rule: ValidationModel, { deed, isComputed, isMoved, changed, object }: Change, context: WriteContext): boolean =>
  (!isComputed && !isMoved && !(deed === 'updated' && rule.isWarning && rowsOf(rule.must).length === 0)) ||
  keysOfRule(rule.must, object, context).some(key => changed.includes(key))

/** Whether a value is as it will be: neither refused itself nor computed from what may have been refused. */
const isKnown = (key: string, { object }: Change, path: string, broken: ReadonlySet<string>): boolean =>
  !broken.has(joinPath(path, key)) && (broken.size === 0 || object.fields[key]?.writable !== false)
