import type { ComputedField, ComputedInput } from '@tessera/platform/model/computed-model.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { onceFor } from '@tessera/platform/once-for.js'
import type { Change } from '@tessera/platform/records/change.js'
import { ruleValue } from '@tessera/platform/records/check.js'
import type { Values } from '@tessera/platform/records/values.js'
import type { CheckedRule } from '@tessera/platform/rules/rule.js'
import type { Queryable } from '../database/queryable.js'
import { RequestError } from '../request-error.js'
import { readPresent } from './gather.js'
import { entryOf, isLive, type Ledger, setComputed } from './ledger.js'
import { contractValue, type Locked, type Propagation } from './propagation.js'
import { reachingSql } from './reaching.js'
import type { Recompute } from './recompute-jobs.js'
import { isDeleted, type Related, relatedIn } from './related.js'
import { countAnew, rollUp } from './roll-up.js'
import { rowsOf } from './run.js'
import { keptMoment, type RowIssue, type WriteContext } from './write-context.js'

/** So many records follow in the transaction of a write; more of them are left to a job. */
const mostDependants = 500

/** How rules read what computing came to, and what could not be computed. */
export interface Propagated {
  readonly related: Related
  readonly issues: readonly RowIssue[]
  /** What too many records follow from: it is computed anew by jobs. */
  readonly left: readonly Recompute[]
  readonly isLocked: Locked['has']
}

/**
 * Brings every computed field up to date with the changes of a transaction, over any number of hops:
 * one walk over the model's computed fields, each behind those that it reads; records that follow are locked and join the changes.
 */
export async function propagate(client: Queryable, ledger: Ledger, context: WriteContext): Promise<Propagated> {
  const propagation = propagationIn(client, ledger, context)
  for (const computed of context.model.computed) {
    const object = context.model.objects[computed.object]
    const field = object?.fields[computed.field]
    if (!object || !field || !concerns(computed, ledger)) continue
    if (field.rollup) await rollUp(object, field, field.rollup, propagation)
    else if (field.rule) await recompute(object, field, field.rule, computed, propagation)
  }
  const { related, issues, left, locked } = propagation
  return {
    related,
    left,
    isLocked: locked.has,
    issues: [...new Map(issues.map(found => [`${found.row} ${JSON.stringify(found.issue)}`, found])).values()],
  }
}

/** The tools of one transaction for bringing computed fields up to date. */
const propagationIn = (client: Queryable, ledger: Ledger, context: WriteContext): Propagation => ({
  client,
  ledger,
  context,
  locked: lockedIn(client, ledger, context),
  related: relatedIn(client, context, ledger),
  issues: [],
  left: [],
})

/** Whether any change touches what a computed field reads; records that come, go or come back touch all of theirs. */
const concerns = (computed: ComputedField, ledger: Ledger): boolean => {
  const keys = keysRead(computed)
  for (const { change } of ledger.values()) {
    const read = keys.get(change.object.name)
    if (read && (change.deed !== 'updated' || change.changed.some(key => read.has(key)))) return true
  }
  return false
}

/** The keys that a computed field reads, by object; of its own object there may be none, whose new records have it all the same. */
const keysRead = onceFor(({ object, inputs }: ComputedField): ReadonlyMap<string, ReadonlySet<string>> => {
  const keys = new Map<string, Set<string>>([[object, new Set()]])
  for (const input of inputs) keys.set(input.object, new Set([...(keys.get(input.object) ?? []), ...input.keys]))
  return keys
})

function lockedIn(client: Queryable, ledger: Ledger, context: WriteContext): Locked {
  const known = new Map<string, Values | null>()
  return {
    read: async (object, ids) => {
      const wanted = ids.filter(id => !entryOf(ledger, object, id))
      const missing = wanted.filter(id => !known.has(`${object.name} ${id}`))
      if (missing.length > 0) {
        const present = await readPresent(client, object, missing, 'update', { ...context, profile: null }, 'WITH')
        for (const id of missing) known.set(`${object.name} ${id}`, present.get(id)?.values ?? null)
      }
      return new Map(wanted.flatMap(id => pair(id, known.get(`${object.name} ${id}`))))
    },
    has: (object, id) => {
      const values = known.get(`${object} ${id}`)
      return values === undefined ? null : values !== null && !isDeleted(values)
    },
  }
}

const pair = (id: string, values: Values | null | undefined) => (values && !isDeleted(values) ? [[id, values] as const] : [])

/** Recomputes a stored formula of the changed records, and of those that read a changed record along relations. */
async function recompute(
  object: ObjectModel,
  field: FieldModel,
  rule: CheckedRule,
  computed: ComputedField,
  propagation: Propagation,
): Promise<void> {
  const { ledger, locked } = propagation
  const { inputs } = computed
  const own = ownKeys(computed)
  const targets = new Map<string, Target>()
  for (const { change, row } of ledger.values())
    if (change.object === object && isLive(change) && isTouched(change, own)) targets.set(change.id, { values: change.after, row })
  const reached = new Map<string, number>()
  for (const input of inputs)
    if (input.path?.length) for (const [id, row] of await dependants(object, field, input, propagation)) reached.set(id, row)
  if (reached.size > 0)
    for (const [id, values] of await locked.read(object, [...reached.keys()].sort())) targets.set(id, { values, row: reached.get(id) ?? 0 })
  for (const [id, row] of reached) {
    const entry = entryOf(ledger, object, id)
    if (entry && isLive(entry.change)) targets.set(id, { values: entry.change.after, row })
  }
  await evaluate(object, field, rule, inputs, targets, propagation)
}

/** The keys that a stored formula reads of its own record. */
const ownKeys = onceFor(
  ({ inputs }: ComputedField): ReadonlySet<string> => new Set(inputs.filter(({ path }) => path?.length === 0).flatMap(({ keys }) => keys)),
)

/** A record whose formula is evaluated, and the row of the request that asks for it. */
interface Target {
  readonly values: Values
  readonly row: number
}

async function evaluate(
  object: ObjectModel,
  field: FieldModel,
  rule: CheckedRule,
  inputs: readonly ComputedInput[],
  targets: ReadonlyMap<string, Target>,
  { ledger, related, context }: Propagation,
): Promise<void> {
  if (targets.size === 0) return
  const moment = keptMoment(context)
  await related.load(
    object,
    [...targets.values()].map(({ values }) => values),
    pathsTo(inputs),
    true,
  )
  for (const [id, { values, row }] of targets) {
    const value = contractValue(field, ruleValue(rule, related.judged(object, null, values, moment)))
    setComputed(ledger, object, id, { [field.key]: value }, values, row)
  }
}

/** Changes that are to be written, and what is left to jobs. */
export interface ComputedAnew {
  readonly changes: readonly Change[]
  readonly left: readonly Recompute[]
}

/** Computes a field of records anew, whatever it was kept as, and what follows from it. */
export async function computeAnew(
  client: Queryable,
  computed: ComputedField,
  ids: readonly string[],
  context: WriteContext,
): Promise<ComputedAnew> {
  const object = context.model.objects[computed.object]
  const field = object?.fields[computed.field]
  if (!object || !field) return { changes: [], left: [] }
  const ledger: Ledger = new Map()
  const propagation = propagationIn(client, ledger, context)
  const present = await propagation.locked.read(object, ids)
  const targets = new Map([...present].map(([id, values]) => [id, { values, row: 0 }]))
  if (field.rollup) await countAnew(object, field, field.rollup, present, propagation)
  else if (field.rule) await evaluate(object, field, field.rule, computed.inputs, targets, propagation)
  const { issues, left } = await propagate(client, ledger, context)
  const [problem] = [...propagation.issues, ...issues]
  if (problem) throw new RequestError('VALIDATION_FAILED', [problem.issue])
  return { changes: [...ledger.values()].map(({ change }) => change), left: [...propagation.left, ...left] }
}

/** Whether a change makes values of these keys differ; a record that is new or back has all of them anew. */
const isTouched = ({ deed, changed }: Change, keys: ReadonlySet<string>): boolean =>
  deed === 'created' || deed === 'restored' || changed.some(key => keys.has(key))

/** The relations behind which inputs stand. */
const pathsTo = (inputs: readonly ComputedInput[]): (readonly string[])[] =>
  inputs.flatMap(({ path }) => (path !== null && path.length > 0 ? [path] : []))

/**
 * Live records that reach a changed record along the path of an input, each with the row that it follows from. When they are too many
 * for one transaction they are left to a job, and none is given.
 */
async function dependants(
  object: ObjectModel,
  field: FieldModel,
  input: ComputedInput,
  { client, ledger, context, left }: Propagation,
): Promise<Map<string, number>> {
  const keys = new Set(input.keys)
  const causes = new Map<string, number>()
  for (const { change, row } of ledger.values()) {
    if (change.object.name !== input.object || change.deed === 'created') continue
    if (change.deed !== 'updated' || change.changed.some(key => keys.has(key))) causes.set(change.id, row)
  }
  const path = input.path ?? []
  if (causes.size === 0 || path.length === 0) return new Map()
  const reaching = { object: object.name, field: field.name, path, causes: [...causes.keys()].sort() }
  const rows = await rowsOf<{ id: string; cause: string }>(client, reachingSql(reaching, context, { limit: mostDependants + 1 }), context)
  if (rows.length <= mostDependants) return new Map(rows.map(({ id, cause }) => [id, causes.get(cause) ?? 0]))
  left.push(reaching)
  return new Map()
}
