import type { FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { onceFor } from '@tessera/platform/once-for.js'
import type { Queryable } from '../database/queryable.js'
import type { Prepared } from './decide.js'
import { readExisting } from './gather.js'
import { entryOf, type Ledger } from './ledger.js'
import { Unlocked } from './unlocked.js'
import type { WriteContext } from './write-context.js'

const gathered = new WeakMap<Model, ReadonlySet<string>>()

/** Whether rollups gather records along a relation: whoever writes one then locks its parent, so that it need not be held before. */
export function isGathered({ object, name }: FieldModel, { model }: Pick<WriteContext, 'model'>): boolean {
  let known = gathered.get(model)
  if (!known) {
    const rollups = Object.values(model.objects).flatMap(({ fields }) => Object.values(fields).flatMap(field => field.rollup ?? []))
    known = new Set(rollups.map(rollup => `${rollup.object} ${rollup.relation}`))
    gathered.set(model, known)
  }
  return known.has(`${object} ${name}`)
}

const relationsOf = onceFor(({ fields }: ObjectModel) => Object.values(fields).filter(({ relation }) => relation))

/** A record went while another one was about to point at it; done again, the write sees that. */
class Overtaken extends Error {
  /** As PostgreSQL says it: the same work may succeed when done again. */
  readonly code = '40001'
}

/**
 * Holds the records that drafts point at along gathered relations, where bringing rollups up to date has not locked them.
 * @param isLocked whether a record was locked and was there; null when it was not looked at
 * Throws what has the write done again when one is gone meanwhile.
 */
export async function holdParents(
  client: Queryable,
  prepared: readonly Prepared[],
  ledger: Ledger,
  isLocked: (object: string, id: string) => boolean | null,
  context: WriteContext,
): Promise<void> {
  const open = new Map<string, Set<string>>()
  for (const { draft, values, issues } of prepared) {
    if (draft.action === 'delete' || issues.length > 0 || !entryOf(ledger, draft.object, draft.id)) continue
    for (const field of relationsOf(draft.object)) {
      const id = values[field.key]
      const target = context.model.objects[field.relation?.to ?? '']
      if (!target || typeof id !== 'string' || !isGathered(field, context)) continue
      if (entryOf(ledger, target, id)) continue
      const locked = isLocked(target.name, id)
      if (locked === false) throw new Overtaken('A record that is pointed at went meanwhile')
      if (locked === null) open.set(target.name, (open.get(target.name) ?? new Set()).add(id))
    }
  }
  // the statement of the write looks at them itself
  if (open.size === 0 || client instanceof Unlocked) return
  const there = await readExisting(client, new Map(), { ...context, profile: null }, open)
  for (const [object, ids] of open)
    for (const id of ids) if (!there.has(`${object} ${id}`)) throw new Overtaken('A record that is pointed at went meanwhile')
}
