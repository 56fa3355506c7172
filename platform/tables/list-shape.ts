import { isOneColumn } from '../model/index-condition.js'
import type { FieldModel, ObjectModel } from '../model/model.js'
import { lookup } from '../registry.js'

/** What a list asks of indexes: names of fields and operators of one object, never values. */
export interface ListShape {
  readonly object: string
  /** What every record of the list is held to, by field and operator. */
  readonly filters: readonly (readonly [field: string, operator: string])[]
  /** The first keys of its order. */
  readonly order: readonly (readonly [field: string, direction: 'asc' | 'desc'])[]
}

/** A shape that requests had. */
export interface AskedShape extends ListShape {
  /** How often, in the days that are kept. */
  readonly count: number
}

/** A field that a list can be found or ordered by through one column. */
export function columnField(name: unknown, object: ObjectModel): FieldModel | null {
  const field = typeof name === 'string' ? lookup(object.fields, name) : undefined
  return field && isOneColumn(field) && field.name !== 'id' ? field : null
}

/** The fields that a rule holds to one value in every record that it lets through. */
export function equalNames(rule: unknown): string[] {
  if (typeof rule !== 'object' || rule === null) return []
  const { and, '==': equal } = rule as { and?: unknown; '=='?: unknown }
  if (Array.isArray(and)) return and.flatMap(equalNames)
  if (!Array.isArray(equal) || equal.length !== 2) return []
  const [one, other] = equal.map(ownField)
  if (one !== undefined && other !== undefined) return []
  return [one ?? other].filter(name => name !== undefined)
}

/** The field of the record that a side of a comparison names: `stage` and `record.stage`, but not what stands beyond a relation. */
export function ownField(side: unknown): string | undefined {
  const path = typeof side === 'object' && side !== null ? (side as { var?: unknown }).var : undefined
  if (typeof path !== 'string') return undefined
  const own = path.startsWith('record.') ? path.slice('record.'.length) : path
  return own === '' || own.includes('.') ? undefined : own
}
