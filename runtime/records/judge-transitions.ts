import { issue, joinPath } from '@tessera/platform/errors.js'
import type { ChildModel, FieldModel, ObjectModel, TransitionModel } from '@tessera/platform/model/model.js'
import { isEmpty } from '@tessera/platform/records/check.js'
import type { Move } from '@tessera/platform/records/move.js'
import {
  commentMissing,
  isEditable,
  locked,
  missingFor,
  refused,
  type StateField,
  stateFieldsOf,
  transitionNamed,
} from '@tessera/platform/records/transitions.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Prepared } from './decide.js'
import { type Entry, entryOf, type Ledger } from './ledger.js'
import type { Related } from './related.js'
import { keysOfRule, pathsOfRules } from './rule-reads.js'
import type { RowIssue, WriteContext } from './write-context.js'

const commentLabel = { en: 'Comment', 'zh-CN': '说明' }
/** As many characters as the form of a transition takes. */
const longestComment = 2_000

/** The transition of a move with its field. */
interface Taken {
  readonly entry: Entry
  readonly field: StateField
  readonly transition: TransitionModel
  readonly move: Move
}

/**
 * Judges the transitions that were taken over everything as it will be: required fields, guards, comments; and lines of records whose state locks them.
 * Issues of a draft go to the draft, others come back.
 */
export async function judgeTransitions(
  prepared: ReadonlyMap<string, Prepared>,
  ledger: Ledger,
  related: Related,
  context: WriteContext,
): Promise<RowIssue[]> {
  const taken = [...ledger.values()].flatMap(takenIn)
  const guards = new Map<ObjectModel, Taken[]>()
  for (const one of taken) guards.set(one.entry.change.object, [...(guards.get(one.entry.change.object) ?? []), one])
  for (const [object, those] of guards) {
    const rules = those.flatMap(({ transition: { when } }) => (when ? [when] : []))
    const records = those.flatMap(({ entry: { change } }) => (change.before ? [change.before, change.after] : [change.after]))
    const paths = pathsOfRules(object, rules, context)
    if (paths.length > 0) await related.load(object, records, paths, false)
    await related.loadOthers(object, records, rules)
  }
  for (const one of taken) judgeOne(one, prepared, related, context)
  return judgeLines(prepared, ledger, related, context)
}

const takenIn = (entry: Entry): Taken[] =>
  (entry.change.moves ?? []).flatMap(move => {
    const found = move.transition === null ? null : transitionNamed(entry.change.object, move.transition)
    return found ? [{ entry, move, ...found }] : []
  })

function judgeOne(
  { entry, field, transition, move }: Taken,
  prepared: ReadonlyMap<string, Prepared>,
  related: Related,
  context: WriteContext,
): void {
  const { object, before, after, id } = entry.change
  const own = prepared.get(`${object.name} ${id}`)
  if (!own) return
  const { draft, issues } = own
  const broken = new Set(issues.map(({ path }) => path))
  const keys = transition.when ? keysOfRule(transition.when, object, context) : []
  const isSound = keys.every(key => !broken.has(joinPath(draft.path, key)))
  const asked = isSound ? transition : { ...transition, when: null }
  issues.push(...missingFor(asked, field, related.judged(object, before, after), draft.path, keys).filter(({ path }) => !broken.has(path)))
  if ((move.comment?.length ?? 0) > longestComment)
    issues.push(issue('VALUE_TOO_LONG', 'comment', { field: commentLabel, max: longestComment }))
  if (transition.comment !== 'required' || !isEmpty(move.comment?.trim())) return
  issues.push(
    draft.transition ? issue('VALUE_REQUIRED', 'comment', { field: commentLabel }) : refused(field, commentMissing(transition), draft.path),
  )
}

/** Lines may not be made, changed or deleted while the state of their record, as it was, does not let them change. */
async function judgeLines(
  prepared: ReadonlyMap<string, Prepared>,
  ledger: Ledger,
  related: Related,
  context: WriteContext,
): Promise<RowIssue[]> {
  if (context.channel === 'seed') return []
  const found: RowIssue[] = []
  for (const object of new Set([...ledger.values()].map(({ change }) => change.object))) {
    const parent = object.detail && lookup(context.model.objects, object.detail.relation?.to ?? '')
    const machines = parent ? stateFieldsOf(parent).filter(({ states }) => Object.values(states.states).some(state => state.editable)) : []
    if (!object.detail || !parent || machines.length === 0) continue
    // a link that goes because the record at its other end does is not held back
    const isAsked = ({ change }: Entry) => !object.junction || prepared.has(`${object.name} ${change.id}`)
    const entries = [...ledger.values()].filter(one => one.change.object === object && !one.change.isComputed && isAsked(one))
    const values = entries.flatMap(({ change }) => (change.before ? [change.before, change.after] : [change.after]))
    await related.load(object, values, [[object.detail.name]], false)
    const children = childrenOver(parent, object)
    for (const { change, row } of entries) {
      const lock = parentsOf(change, object.detail)
        .map(id => locking(parent, id, machines, children, { ledger, related, detail: object.detail, object, context }))
        .find(one => one !== null)
      if (!lock) continue
      const entry = prepared.get(`${object.name} ${change.id}`)
      const told = locked({ label: children[0]?.label ?? object.pluralLabel }, lock.machine, lock.state, entry?.draft.path ?? '')
      if (entry) entry.issues.push(told)
      else found.push({ row, id: change.id, issue: told })
    }
  }
  return found
}

/** What a record has of an object: its lines by their name; its links by the name of their field, and by their own. */
const childrenOver = (parent: ObjectModel, object: ObjectModel): ChildModel[] => {
  const { detail } = object
  const all = Object.values(parent.children)
  const links = all.filter(({ through }) => through?.junction === object.name && through.own === detail?.name)
  return [...links, ...all.filter(child => child.object === object.name && child.field === detail?.name)]
}

/** The records that a line belongs to, and did before. */
const parentsOf = ({ before, after }: Entry['change'], detail: FieldModel): string[] => [
  ...new Set([before?.[detail.key], after[detail.key]].filter(id => typeof id === 'string')),
]

interface LinePlace {
  readonly ledger: Ledger
  readonly related: Related
  readonly object: ObjectModel
  readonly detail: FieldModel | null
  readonly context: WriteContext
}

/** The state that locks the lines of a record, as it was; none of a record that is new, goes itself, or whose state an import brings. */
function locking(
  parent: ObjectModel,
  id: string,
  machines: readonly StateField[],
  children: readonly ChildModel[],
  { ledger, related, object, detail, context }: LinePlace,
): { readonly machine: StateField; readonly state: string } | null {
  const above = entryOf(ledger, parent, id)?.change
  if (!detail || (above && (above.deed !== 'updated' || (above.moves && context.channel === 'import')))) return null
  const values = above?.before ?? related.record(object, detail.name, { [detail.key]: id })
  const machine = values && machines.find(one => !children.some(({ name }) => isEditable(one, values[one.key], name)))
  return machine ? { machine, state: String(values[machine.key]) } : null
}
