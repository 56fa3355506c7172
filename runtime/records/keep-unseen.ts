import { conditionOf } from '@tessera/platform/access/profile.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import type { Values } from '@tessera/platform/records/values.js'
import { lookup } from '@tessera/platform/registry.js'
import type { Queryable } from '../database/queryable.js'
import type { Prepared } from './decide.js'
import { type Present, readExisting } from './gather.js'
import type { WriteContext } from './write-context.js'

/**
 * Leaves relations alone that a writer empties because they see them empty: they point at a record that is not for the writer.
 * So a form that sends all its values loses nothing, and the version does not tell that there was something.
 * @param group updates of one object; what they empty without seeing it is taken out of their values
 */
export async function keepUnseen(
  client: Queryable,
  object: ObjectModel,
  group: readonly Prepared[],
  present: ReadonlyMap<string, Present>,
  context: WriteContext,
): Promise<void> {
  const emptied = group.flatMap(entry => {
    const before = present.get(entry.draft.id)?.values
    return before ? emptiedIn(entry, before, object, context).map(one => ({ ...one, entry })) : []
  })
  if (emptied.length === 0) return
  const wanted = new Map<string, Set<string>>()
  for (const { target, id } of emptied) wanted.set(target, (wanted.get(target) ?? new Set()).add(id))
  const seen = await readExisting(client, wanted, context)
  for (const { entry, field, type, target, id } of emptied) {
    if (seen.has(`${target} ${id}`)) continue
    delete entry.values[field.key]
    if (type) delete entry.values[type.key]
  }
}

interface Emptied {
  readonly field: FieldModel
  /** Beside a field that points at one of several objects: which. */
  readonly type: FieldModel | undefined
  readonly target: string
  readonly id: string
}

/** The relations that a draft empties and that may point at what the writer does not see. */
function emptiedIn({ draft, values }: Prepared, before: Values, object: ObjectModel, { profile }: WriteContext): Emptied[] {
  if (!profile) return []
  return Object.values(object.fields).flatMap(field => {
    const id = before[field.key]
    if (values[field.key] !== null || typeof id !== 'string' || !Object.hasOwn(draft.given, field.key)) return []
    const type = field.targets && Object.values(object.fields).find(({ typeOf }) => typeOf === field.name)
    const target = type ? String(before[type.key]) : field.relation?.to
    if (!target) return []
    const isOpen = lookup(profile.model.objects, target) !== undefined && conditionOf(profile, 'read', target) === null
    return isOpen ? [] : [{ field, type, target, id }]
  })
}
