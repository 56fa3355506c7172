import type { FieldModel, ObjectModel, RelationModel } from '@tessera/platform/model/model.js'
import type { WriteContext } from './write-context.js'

/** A field by which records of an object hold on to others. */
export interface Holding {
  readonly holder: ObjectModel
  readonly field: FieldModel
}

/** The relations to some objects that treat a deletion in one way; a field that points at several objects is one of them. */
export const relationsTo = (targets: ReadonlySet<string>, onDelete: RelationModel['onDelete'], { model }: WriteContext): Holding[] =>
  Object.values(model.objects).flatMap(holder =>
    Object.values(holder.fields)
      .filter(field => isHeldBy(field, targets, onDelete))
      .map(field => ({ holder, field })),
  )

const isHeldBy = (field: FieldModel, targets: ReadonlySet<string>, onDelete: string): boolean =>
  field.targets
    ? (field.definition.onDelete ?? 'setNull') === onDelete && field.targets.some(target => targets.has(target))
    : field.relation?.onDelete === onDelete && field.relation.to !== null && targets.has(field.relation.to)
