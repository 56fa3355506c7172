import { computationOf } from '@tessera/platform/model/computed.js'
import type { ComputedField, Model } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'

/** A computed field whose kept values are computed anew after a publish. */
export interface Fill {
  readonly object: string
  readonly field: string
}

/** The computed fields that come about differently in a new model, in the order in which they build on each other; none of new objects. */
export function fillsOf(before: Model, after: Model): Fill[] {
  const known = new Map(before.computed.map(one => [placeOf(one, before), computationOf(one, before.objects)]))
  const tables = new Set(Object.values(before.objects).map(({ table }) => table))
  return after.computed
    .filter(
      one =>
        tables.has(lookup(after.objects, one.object)?.table ?? '') && known.get(placeOf(one, after)) !== computationOf(one, after.objects),
    )
    .map(({ object, field }) => ({ object, field }))
}

/** The column of a computed field, which it keeps when it is renamed. */
const placeOf = ({ object, field }: ComputedField, { objects }: Model): string => {
  const model = lookup(objects, object)
  return `${model?.table ?? ''} ${model?.fields[field]?.columns[0]?.name ?? ''}`
}
