import type { ObjectDefinition } from '@tessera/platform/definitions/object.js'
import type { Elements } from '@tessera/platform/editing/elements.js'
import { fieldTypes } from '@tessera/platform/fields/index.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'

/** An object as it is drawn. */
export interface RelatedObject {
  readonly name: string
  readonly label: Label
  readonly icon: string | undefined
  /** How many fields it has. */
  readonly fields: number
}

/** A field that points from one object to another, or to its own. */
export interface Relation {
  /** `object.field`, and the target where there are several. */
  readonly id: string
  readonly from: string
  readonly field: string
  readonly label: Label
  readonly type: string
  readonly to: string
}

/** All objects, and what points from one to another; a polymorphic field points at each of its targets. */
export function relationsOf(elements: Elements): { readonly objects: readonly RelatedObject[]; readonly relations: readonly Relation[] } {
  const definitions = Object.values(elements)
    .filter(({ kind }) => kind === 'object')
    .map(({ definition }) => definition as unknown as ObjectDefinition)
  const names = new Set(definitions.map(({ object }) => object))
  return {
    objects: definitions.map(({ object, label, icon, fields }) => ({ name: object, label, icon, fields: Object.keys(fields).length })),
    relations: definitions.flatMap(definition => relationsFrom(definition).filter(({ to }) => names.has(to))),
  }
}

function relationsFrom({ object, fields }: ObjectDefinition): Relation[] {
  return Object.entries(fields).flatMap(([field, { type, label, to }]) => {
    const isTree = lookup(fieldTypes, type)?.relation === 'hierarchy'
    const targets = isTree ? [object] : ([to] as unknown[]).flat().filter(target => typeof target === 'string')
    return targets.map(target => ({
      id: targets.length > 1 ? `${object}.${field}.${target}` : `${object}.${field}`,
      from: object,
      field,
      label: label ?? field,
      type,
      to: target,
    }))
  })
}

/** The relations that an object has part in. */
export const relationsAt = (relations: readonly Relation[], object: string): Relation[] =>
  relations.filter(({ from, to }) => from === object || to === object)
