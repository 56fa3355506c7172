import { type Issue, joinPath } from '@tessera/platform/errors.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import type { Judged } from '@tessera/platform/records/check.js'
import {
  keepsLinks,
  linkMissing,
  linkRulesOf,
  linksLocked,
  needsLink,
  type RuledLinks,
  ruledLinks,
  rulesOfLinks,
} from '@tessera/platform/records/ruled-links.js'
import { lookup } from '@tessera/platform/registry.js'
import type { CheckedRule } from '@tessera/platform/rules/rule.js'
import type { Prepared } from './decide.js'
import { type Entry, entryOf, type Ledger } from './ledger.js'
import type { Related } from './related.js'
import { keysOfRule, pathsOfRules } from './rule-reads.js'
import type { WriteContext } from './write-context.js'

/** What judging links needs to know of a write. */
interface Writing {
  readonly prepared: ReadonlyMap<string, Prepared>
  readonly ledger: Ledger
  readonly related: Related
  readonly context: WriteContext
}

/** A record whose links are judged, and the changes of them that somebody asked for. */
interface Subject {
  readonly judged: Judged
  readonly id: string
  /** The draft of the record itself; a write that begins at the other end has none. */
  readonly own: Prepared | undefined
  readonly links: readonly Prepared[]
}

/**
 * Judges records by what is asked of their links: that there is one, and that they stay as they are. A record is asked when its links are
 * written, from either end, or when something changes that the rules read. What goes because the record at the other end is deleted is not asked.
 * Issues go to the drafts that they follow from.
 */
export async function judgeLinks(
  prepared: ReadonlyMap<string, Prepared>,
  ledger: Ledger,
  related: Related,
  context: WriteContext,
): Promise<void> {
  const writing: Writing = { prepared, ledger, related, context }
  for (const object of Object.values(context.model.objects))
    for (const child of ruledLinks(object)) await judgeChild(object, child, writing)
}

async function judgeChild(object: ObjectModel, child: RuledLinks, writing: Writing): Promise<void> {
  const { related, ledger, context } = writing
  const junction = lookup(context.model.objects, child.through.junction)
  const near = junction?.fields[child.through.own]
  if (!junction || !near) return
  const written = [...ledger.values()].filter(
    ({ change }) => change.object === junction && !change.isComputed && writing.prepared.has(keyOf(change.object, change.id)),
  )
  const own = [...ledger.values()].filter(({ change }) => change.object === object && isAsked(change, child, context))
  if (written.length + own.length === 0) return
  await related.load(
    junction,
    written.map(({ change }) => change.after),
    [[near.name]],
    false,
  )
  const subjects = subjectsOf(object, junction, near, written, own, writing)
  if (subjects.length === 0) return
  await loadFor(object, child, subjects, writing)
  for (const subject of subjects) judgeOne(child, subject, context)
}

const keyOf = (object: ObjectModel, id: string): string => `${object.name} ${id}`

/** Whether a change of a record itself lets what is asked of its links be asked. */
function isAsked({ deed, isComputed, changed, object }: Entry['change'], child: RuledLinks, context: WriteContext): boolean {
  if (deed === 'created') return true
  if (deed !== 'updated' || isComputed) return false
  const { visible, required } = linkRulesOf(child)
  return [visible, required].some(rule => rule !== null && keysOfRule(rule, object, context).some(key => changed.includes(key)))
}

/** The records that are judged, none that goes or comes back itself. */
function subjectsOf(
  object: ObjectModel,
  junction: ObjectModel,
  near: FieldModel,
  written: readonly Entry[],
  own: readonly Entry[],
  { prepared, ledger, related }: Writing,
): Subject[] {
  const links = new Map<string, Prepared[]>(own.map(({ change }) => [change.id, []]))
  for (const { change } of written) {
    const id = String(change.after[near.key])
    const draft = prepared.get(keyOf(junction, change.id))
    if (draft) links.set(id, [...(links.get(id) ?? []), draft])
  }
  return [...links].flatMap(([id, drafts]) => {
    const change = entryOf(ledger, object, id)?.change
    const present = change?.after ?? related.record(junction, near.name, { [near.key]: id })
    if (!present || change?.deed === 'deleted' || change?.deed === 'restored') return []
    const judged = related.judged(object, change ? change.before : present, present)
    return [{ judged, id, own: prepared.get(keyOf(object, id)), links: drafts }]
  })
}

async function loadFor(object: ObjectModel, child: RuledLinks, subjects: readonly Subject[], { related, context }: Writing): Promise<void> {
  const rules: readonly CheckedRule[] = rulesOfLinks(object)
  const records = subjects.flatMap(({ judged: { before, after } }) => (before ? [before, after] : [after]))
  const paths = pathsOfRules(object, rules, context)
  if (paths.length > 0) await related.load(object, records, paths, false)
  await related.loadOthers(
    object,
    subjects.map(({ judged }) => judged.after),
    rules,
  )
  await related.loadRows(
    object,
    subjects.map(({ judged }) => judged.after),
    child.name,
  )
}

function judgeOne(child: RuledLinks, { judged, own, links }: Subject, context: WriteContext): void {
  const [first] = links
  const tell = (found: (path: string) => Issue) => {
    if (own) own.issues.push(found(joinPath(own.draft.path, child.name)))
    else if (first) first.issues.push(found(first.draft.path))
  }
  const isEmpty = (judged.rows?.(child.name, judged.after) ?? []).length === 0
  if (isEmpty && needsLink(child, judged)) tell(path => linkMissing(child, path))
  if (links.length > 0 && context.profile !== null && keepsLinks(child, judged)) tell(path => linksLocked(child, path))
}
