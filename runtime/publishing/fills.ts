import { computationOf } from '@tessera/platform/model/computed.js'
import type { ComputedField } from '@tessera/platform/model/computed-model.js'
import type { FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'

/** A field whose kept values are computed after a publish. */
export interface Fill {
  readonly object: string
  readonly field: string
}

/** The fields since when states last that are new, and the computed fields that come about differently in a new model, in the order in which they build on each other; none of new objects. */
export function fillsOf(before: Model, after: Model): Fill[] {
  const known = new Map(before.computed.map(one => [placeOf(one, before), computationOf(one, before.objects)]))
  const tables = new Set(Object.values(before.objects).map(({ table }) => table))
  const computed = after.computed
    .filter(
      one =>
        tables.has(lookup(after.objects, one.object)?.table ?? '') && known.get(placeOf(one, after)) !== computationOf(one, after.objects),
    )
    .map(({ object, field }) => ({ object, field }))
  return [...sincesOf(before, after), ...computed]
}

/** The fields that say since when a state lasts and are new to a table that has records. */
function sincesOf(before: Model, after: Model): Fill[] {
  const columns = new Set(
    Object.values(before.objects).flatMap(object => Object.values(object.fields).map(field => columnOf(object, field))),
  )
  const tables = new Set(Object.values(before.objects).map(({ table }) => table))
  return Object.values(after.objects).flatMap(object =>
    Object.values(object.fields)
      .filter(field => field.sinceOf !== undefined && tables.has(object.table) && !columns.has(columnOf(object, field)))
      .map(field => ({ object: object.name, field: field.name })),
  )
}

const columnOf = (object: ObjectModel, field: FieldModel): string => `${object.table} ${field.columns[0]?.name ?? ''}`

/** The column of a computed field, which it keeps when it is renamed. */
const placeOf = ({ object, field }: ComputedField, { objects }: Model): string => {
  const model = lookup(objects, object)
  return `${model?.table ?? ''} ${model?.fields[field]?.columns[0]?.name ?? ''}`
}
