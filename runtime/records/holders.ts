import type { FieldModel, Model, ObjectModel, RelationModel } from '@tessera/platform/model/model.js'
import { onceFor } from '@tessera/platform/once-for.js'
import type { Values } from '@tessera/platform/records/values.js'
import type { WriteContext } from './write-context.js'

/** A field by which records of an object hold on to others. */
export interface Holding {
  readonly holder: ObjectModel
  readonly field: FieldModel
}

type OnDelete = RelationModel['onDelete']

/** The relations to some objects that treat a deletion in one way; a field that points at several objects is one of them. */
export function relationsTo(targets: ReadonlySet<string>, onDelete: OnDelete, { model }: WriteContext): Holding[] {
  const all = holdings(model).get(onDelete) ?? []
  return all.filter(({ to }) => to.some(target => targets.has(target))).map(({ holding }) => holding)
}

/** All fields of a model that point at records, by what becomes of them when such a record is deleted. */
const holdings = onceFor(({ objects }: Model) => {
  const found = new Map<OnDelete, { readonly to: readonly string[]; readonly holding: Holding }[]>()
  for (const holder of Object.values(objects))
    for (const field of Object.values(holder.fields)) {
      const to = field.targets ?? (field.relation?.to ? [field.relation.to] : [])
      const rule = field.targets ? ((field.definition.onDelete as OnDelete | undefined) ?? 'setNull') : field.relation?.onDelete
      if (rule === undefined || to.length === 0) continue
      const those = found.get(rule)
      if (those) those.push({ to, holding: { holder, field } })
      else found.set(rule, [{ to, holding: { holder, field } }])
    }
  return found
})

/** Whether a relation of a record points at the given object; of a polymorphic one its companion tells. */
export function pointsAt(field: FieldModel, holder: ObjectModel, values: Values, object: ObjectModel): boolean {
  if (!field.targets) return true
  const type = Object.values(holder.fields).find(({ typeOf }) => typeOf === field.name)
  return values[type?.key ?? ''] === object.name
}
