import type { Label } from '@tessera/platform/label.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'

/** The rollup whose records a list shows: only those that it counts. */
export interface Counted {
  readonly label: Label
  /** Which of the records count; undefined is all. */
  readonly rule: unknown
}

/** The rollup that an address names (`of=order.paid`), when it counts records of the object. */
export function countedIn(text: string | null, object: ObjectModel, { objects }: Model): Counted | undefined {
  const [of = '', name = ''] = (text ?? '').split('.')
  const holder = lookup(objects, of)
  const rollup = holder && lookup(holder.fields, name)
  const child = holder && lookup(holder.children, rollup?.definition.of ?? '')
  if (rollup?.type.name !== 'rollup' || child?.object !== object.name) return undefined
  return { label: rollup.label, rule: rollup.definition.where }
}
