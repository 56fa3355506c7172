import type { FieldModel } from '../model/model.js'

/** What of a caller decides it: the condition under which records of an object are seen, null where all are. */
interface Sight {
  readonly conditions: { readonly of: (object: string) => unknown }
}

/** Whether a relation can point at a record that the caller must not be shown. What is restricted or owned cannot be deleted under its holder. */
export const needsLook = (field: FieldModel, context: Sight): boolean =>
  field.relation?.to !== null &&
  field.relation !== null &&
  (field.relation.onDelete === 'setNull' || context.conditions.of(field.relation.to) !== null)
