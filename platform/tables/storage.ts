import { lookup } from '../registry.js'
import type { ColumnModel, CurrencySource, FieldModel, Model, ObjectModel } from '../model/model.js'
import { physicalName, snake } from '../model/naming.js'

/** The PostgreSQL name and type of one column, kept for life. */
export interface StoredColumn {
  readonly name: string
  readonly type: string
}

/** Where an object's records stand; columns by the key of their value (`amount`, `customerId`). Removed ones stay, so that they come back with their values. */
export interface StoredObject {
  readonly table: string
  readonly columns: Readonly<Record<string, StoredColumn>>
}

/** The physical names of one version of a workspace. */
export interface Storage {
  readonly objects: Readonly<Record<string, StoredObject>>
}

export const emptyStorage: Storage = { objects: {} }

/**
 * The physical names of a model: those that present or older versions gave, found by name and by former names; new things get free ones.
 * A column is kept while its PostgreSQL type is the same; a change of type is a new column.
 * @param earlier storages in order of preference, the present version's first
 */
export function assignStorage(model: Model, earlier: readonly Storage[]): Storage {
  const taken = new Set(earlier.flatMap(storage => Object.values(storage.objects).map(object => object.table)))
  const present = earlier[0]?.objects ?? {}
  const renamed = new Set<string>()
  const objects: Record<string, StoredObject> = {}
  for (const object of Object.values(model.objects)) {
    const former = find(earlier.map(storage => storage.objects), [object.name, ...[...(object.definition.was ?? [])].reverse()])
    if (former && former.name !== object.name) renamed.add(former.name)
    const table = former?.entry.table ?? freeIn(physicalName(snake(object.name)), taken)
    taken.add(table)
    objects[object.name] = { table, columns: columnsOf(object, earlier, former?.entry) }
  }
  const removed = Object.entries(present).filter(([name]) => !Object.hasOwn(objects, name) && !renamed.has(name))
  return { objects: { ...Object.fromEntries(removed), ...objects } }
}

/** The model with the physical names of its version. */
export function withStorage(model: Model, storage: Storage): Model {
  const objects = Object.fromEntries(Object.values(model.objects).map(object => [object.name, placed(object, storage)]))
  return Object.freeze({ ...model, objects })
}

function columnsOf(object: ObjectModel, earlier: readonly Storage[], former: StoredObject | undefined): Record<string, StoredColumn> {
  const known = [former, ...earlier.map(storage => lookup(storage.objects, object.name))].filter(entry => entry !== undefined)
  const taken = new Set([...known.flatMap(entry => Object.values(entry.columns).map(column => column.name)), ...systemColumns(object)])
  const columns: Record<string, StoredColumn> = {}
  const used = new Set<string>()
  for (const field of Object.values(object.fields).filter(own => !own.system && own.currencyOf === null)) {
    for (const column of field.columns) {
      const suffix = column.key.slice(field.name.length)
      const names = [field.name, ...[...(field.definition.was ?? [])].reverse()].map(name => `${name}${suffix}`)
      const kept = find(known.map(entry => entry.columns), names, found => found.type === column.type && !used.has(found.name))
      if (kept) used.add(kept.name)
      const name = kept?.entry.name ?? freeIn(column.name, taken)
      taken.add(name)
      used.add(name)
      columns[column.key] = { name, type: column.type }
    }
  }
  const removed = Object.entries(former?.columns ?? {}).filter(([key, column]) => !Object.hasOwn(columns, key) && !used.has(column.name))
  return { ...Object.fromEntries(removed), ...columns }
}

const systemColumns = (object: ObjectModel): string[] => Object.values(object.fields).filter(field => field.system).flatMap(field => field.columns.map(column => column.name))

function find<T>(maps: readonly Readonly<Record<string, T>>[], names: readonly string[], fits: (entry: T) => boolean = () => true): { readonly name: string; readonly entry: T } | null {
  for (const name of names) {
    for (const map of maps) {
      const entry = lookup(map, name)
      if (entry !== undefined && fits(entry)) return { name, entry }
    }
  }
  return null
}

function freeIn(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted
  for (let number = 2; ; number++) {
    const name = physicalName(`${wanted}_${number}`)
    if (!taken.has(name)) return name
  }
}

function placed(object: ObjectModel, storage: Storage): ObjectModel {
  const fields = Object.fromEntries(Object.entries(object.fields).map(([name, field]) => [name, placedField(field, object.name, storage)]))
  return { ...object, table: lookup(storage.objects, object.name)?.table ?? snake(object.name), fields, detail: object.detail ? (fields[object.detail.name] ?? null) : null }
}

function placedField(field: FieldModel, object: string, storage: Storage): FieldModel {
  if (field.system) return field
  return { ...field, columns: field.columns.map(column => placedColumn(column, object, storage)), currency: placedCurrency(field.currency, object, storage) }
}

function placedCurrency(source: CurrencySource | null, object: string, storage: Storage): CurrencySource | null {
  if (!source || source.from === 'workspace') return source
  if (source.from === 'parent') return { ...source, column: placedColumn(source.column, source.object, storage), key: placedColumn(source.key, object, storage) }
  return { ...source, column: placedColumn(source.column, object, storage) }
}

const placedColumn = (column: ColumnModel, object: string, storage: Storage): ColumnModel => {
  const stored = lookup(lookup(storage.objects, object)?.columns ?? {}, column.key)
  return stored ? { ...column, name: stored.name } : column
}
