import { conditionOf } from '@tessera/platform/access/profile.js'
import type { ValidationEvent } from '@tessera/platform/definitions/object.js'
import type { Issue } from '@tessera/platform/errors.js'
import type { Label } from '@tessera/platform/label.js'
import { isAskable } from '@tessera/platform/model/masked.js'
import type { ObjectModel, ValidationModel } from '@tessera/platform/model/model.js'
import { rulesIn } from '@tessera/platform/query/condition.js'
import type { Change, Deed } from '@tessera/platform/records/change.js'
import type { Judged } from '@tessera/platform/records/check.js'
import { covers } from '@tessera/platform/records/covered.js'
import type { Values } from '@tessera/platform/records/values.js'
import { issuesOfRule } from '@tessera/platform/records/wording.js'
import { lookup } from '@tessera/platform/registry.js'
import { rowsOf, treesOf } from '@tessera/platform/rules/rule.js'
import type { Related } from './related.js'
import { pathsOfRules } from './rule-reads.js'
import { askingOf, type RowIssue, type WriteContext } from './write-context.js'

/** A rule that a record breaks. */
export interface Broken {
  readonly rule: ValidationModel
  readonly judged: Judged
  readonly id: string
  readonly version: number
  readonly row: number
  readonly path: string
  /** Where the issues of the record's draft are gathered; null for a record that only follows. */
  readonly issues: Issue[] | null
}

/** A warning that the writer has let through. */
export interface Confirmation {
  readonly object: string
  readonly record: string
  readonly version: number
  readonly rule: string
  readonly message: Label
}

const eventOf: Readonly<Record<Deed, ValidationEvent | null>> = { created: 'create', updated: 'update', deleted: 'delete', restored: null }

/** The events of a change: what happens, and by which way it comes in. */
export function eventsOf({ deed, transition }: Change, context: WriteContext): readonly ValidationEvent[] {
  const event = eventOf[deed]
  const events = event === null ? [] : eventsBy(event, context)
  return transition === undefined ? events : [...events, 'transition']
}

/** An event, and for creates and updates the way that they come in by where rules ask for it. */
export const eventsBy = (event: ValidationEvent, { channel }: WriteContext): readonly ValidationEvent[] =>
  event !== 'delete' && (channel === 'import' || channel === 'api') ? [event, channel] : [event]

/** Turns broken rules into issues, with their messages in words, and warnings that are confirmed into confirmations. */
export async function settle(
  broken: readonly Broken[],
  related: Related,
  context: WriteContext,
): Promise<{ readonly issues: readonly RowIssue[]; readonly confirmed: readonly Confirmation[] }> {
  const confirmed: Confirmation[] = []
  const issues: RowIssue[] = []
  for (const entry of broken) {
    const { rule, judged, id, row } = entry
    if (rule.isWarning && isConfirmed(rule, context)) {
      confirmed.push({ object: judged.object.name, record: id, version: entry.version, rule: rule.name, message: rule.message })
      continue
    }
    await loadMerges(entry, related, context)
    const isShown = (path: readonly string[]) => isReadable(path, entry, related, context)
    const found = issuesOfRule(rule, judged, entry.path, { currency: context.currency, isShown })
    if (entry.issues) entry.issues.push(...found)
    else issues.push(...found.map(issue => ({ row, id, issue })))
  }
  return { issues, confirmed }
}

const isConfirmed = ({ name }: ValidationModel, { confirm = [] }: WriteContext): boolean => confirm === 'all' || confirm.includes(name)

async function loadMerges({ rule, judged }: Broken, related: Related, context: WriteContext): Promise<void> {
  const paths = pathsOfRules(
    judged.object,
    Object.values(rule.merges).map(({ read }) => read),
    context,
  )
  if (paths.length > 0) await related.load(judged.object, [judged.after], paths, false)
}

/** Whether the writer may read what a message names; what follows from a write may stand in a record that they do not see. */
function isReadable(path: readonly string[], { judged, issues }: Broken, related: Related, context: WriteContext): boolean {
  const { object, after } = judged
  return (issues !== null || isSeen(object, after, related, context)) && isShownAlong(path, object, after, related, context)
}

/** Whether the writer may read what stands at a path of a record with these values. */
export function isShownAlong(
  [first = '', ...rest]: readonly string[],
  object: ObjectModel,
  values: Values,
  related: Related,
  context: WriteContext,
): boolean {
  if (!context.profile) return true
  const field = lookup(lookup(context.profile.model.objects, object.name)?.fields ?? {}, first)
  if (!field || rest.length === 0) return field !== undefined && isAskable(field)
  const target = lookup(context.model.objects, field.relation?.to ?? '')
  const record = target && related.record(object, first, values)
  // where there may be something unseen, nothing reads as that does
  if (target && !record) return conditionOf(context.profile, 'read', target.name) === null
  if (!target || !record) return true
  return isSeen(target, record, related, context) && isShownAlong(rest, target, record, related, context)
}

/** Whether the writer sees a record; where that takes more than the record itself to know, it is not shown. */
function isSeen(object: ObjectModel, values: Values, related: Related, context: WriteContext): boolean {
  if (!context.profile) return true
  if (!lookup(context.profile.model.objects, object.name)) return false
  const condition = conditionOf(context.profile, 'read', object.name)
  if (condition === null) return true
  const rules = rulesIn(condition)
  const isOwn = pathsOfRules(object, rules, context).length === 0 && rules.every(rule => rowsOf(rule).length + treesOf(rule).length === 0)
  return isOwn && covers(condition, related.judged(object, values, values), askingOf(context))
}
