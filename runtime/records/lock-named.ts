import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { from } from '@tessera/platform/query/source.js'
import { lookup } from '@tessera/platform/registry.js'
import { rowsOf as rowsRead } from '@tessera/platform/rules/rule.js'
import { param, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import type { Ledger } from './ledger.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** Which records are locked when one of an object changes: those of `target` with the ids that stand under a key. */
interface NamedLock {
  readonly target: ObjectModel
  readonly key: string
}

const plans = new WeakMap<Model, ReadonlyMap<string, readonly NamedLock[]>>()

/** The locks that rules name, by the object whose writes take them; found once for each model. */
function locksOf(model: Model): ReadonlyMap<string, readonly NamedLock[]> {
  const known = plans.get(model)
  if (known) return known
  const plan = new Map<string, NamedLock[]>()
  const add = (object: string, lock: NamedLock) => {
    const locks = plan.get(object) ?? []
    if (!locks.some(other => other.key === lock.key && other.target === lock.target)) plan.set(object, [...locks, lock])
  }
  for (const object of Object.values(model.objects))
    for (const { lock, must } of object.rules)
      for (const name of lock) {
        const target = name === 'id' ? object : lookup(model.objects, object.fields[name]?.relation?.to ?? '')
        if (target) add(object.name, { target, key: object.fields[name]?.key ?? name })
        if (name !== 'id') continue
        // whoever writes one of the rows that a rule looks at waits for the record that they belong to
        for (const { at } of rowsRead(must)) {
          const child = lookup(object.children, at.at(-1) ?? '')
          // what a record is linked to changes with its links
          const rows = child?.through ? { object: child.through.junction, field: child.through.own } : child
          const key = rows && model.objects[rows.object]?.fields[rows.field]?.key
          if (rows && key !== undefined) add(rows.object, { target: object, key })
        }
      }
  plans.set(model, plan)
  return plan
}

/**
 * Locks the records that rules of the changed objects name, in the order of their objects and ids, before anything is judged:
 * of two writes that are judged by the same records the second waits, and then sees what the first has written.
 */
export async function lockNamed(client: Queryable, ledger: Ledger, context: WriteContext): Promise<void> {
  const plan = locksOf(context.model)
  if (plan.size === 0) return
  const wanted = new Map<ObjectModel, Set<string>>()
  // a new record is nobody else's yet
  for (const { change } of ledger.values())
    for (const { target, key } of plan.get(change.object.name) ?? [])
      for (const id of [change.before?.[key], change.before === null && key === 'id' ? null : change.after[key]])
        if (typeof id === 'string') wanted.set(target, (wanted.get(target) ?? new Set()).add(id))
  for (const [target, ids] of [...wanted].sort(([left], [right]) => (left.name < right.name ? -1 : 1)))
    await rowsOf(
      client,
      sql`select t.id from ${from(target, 't')} where t.id = any(${param([...ids])}::uuid[]) order by t.id for no key update of t`,
      context,
    )
}
