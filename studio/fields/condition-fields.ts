import { idClass } from '@tessera/platform/fields/classes.js'
import type { FilterOperator } from '@tessera/platform/fields/filters.js'
import { manyToMany } from '@tessera/platform/fields/many-to-many.js'
import type { ChildModel, FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'

/** One condition that a person laid on a list. */
export interface Condition {
  readonly field: string
  readonly operator: FilterOperator
  readonly value: unknown
}

const linksClass = { ...idClass, name: 'links', operators: ['hasAny', 'hasAll', 'hasNone', 'isNull'] as const }
const known = new WeakMap<ObjectModel, readonly FieldModel[]>()

/** Links as conditions see them: like a field that holds any number of records. */
function linksField({ name, label, object: to }: ChildModel, object: ObjectModel): FieldModel {
  return {
    name,
    object: object.name,
    label,
    type: manyToMany,
    class: linksClass,
    definition: { ...lookup(object.definition.fields, name), type: manyToMany.name },
    key: name,
    columns: [],
    relation: { kind: 'lookup', to, onDelete: 'setNull' },
    system: false,
    writable: false,
    rule: null,
    rollup: null,
    currency: null,
    currencyOf: null,
  }
}

/** The links of an object as fields that conditions can be laid on. */
export function linkFields(object: ObjectModel): readonly FieldModel[] {
  const found =
    known.get(object) ??
    Object.values(object.children)
      .filter(({ through }) => through !== undefined)
      .map(child => linksField(child, object))
  known.set(object, found)
  return found
}

/** What a condition of a name is laid on: a field, or links. */
export const conditionField = (object: ObjectModel, name: string): FieldModel | undefined =>
  lookup(object.fields, name) ?? linkFields(object).find(field => field.name === name)

/** The condition on the records of a name that they belong to one record; null where the other end has no name for it. */
export function conditionOn(child: ChildModel, id: string, { objects }: Model): Condition | null {
  if (!child.through) return { field: child.field, operator: 'in', value: [id] }
  const junction = lookup(objects, child.through.junction)?.junction
  const back = junction && (child.through.own === junction.near ? junction.inverse : junction.field)
  return back ? { field: back, operator: 'hasAny', value: [id] } : null
}

/** Conditions on links as the API takes them: on the records at the other end. */
export function linksWhere({ operator, value }: Condition): Readonly<Record<string, unknown>> {
  if (operator === 'isNull') return value === true ? { none: {} } : { some: {} }
  return operator === 'hasNone' ? { none: { id: { in: value } } } : { some: { id: { in: value } } }
}
