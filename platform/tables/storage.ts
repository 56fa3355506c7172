import type { ColumnModel, CurrencySource, FieldModel, Model, ObjectModel } from '../model/model.js'
import { physicalName, snake } from '../model/naming.js'
import { lookup } from '../registry.js'

/** The PostgreSQL name and type of one column, kept for life. */
export interface StoredColumn {
  readonly name: string
  readonly type: string
  /** The table that it points into; pointing elsewhere is another column. */
  readonly to?: string
}

/** Where an object's records stand; columns by the key of their value (`amount`, `partnerId`). Removed ones stay, so that they come back with their values. */
export interface StoredObject {
  readonly table: string
  readonly columns: Readonly<Record<string, StoredColumn>>
}

/** The physical names of one version of a workspace. */
export interface Storage {
  readonly objects: Readonly<Record<string, StoredObject>>
}

export const emptyStorage: Storage = { objects: {} }

/** The columns that PostgreSQL has, by table: names that are not free, even when no present version uses them. */
export type Occupied = Readonly<Record<string, readonly string[]>>

/**
 * The physical names of a model: those that present or older versions gave, found by name and by former names; new things get free ones.
 * A column is kept while its PostgreSQL type and what it points at are the same; a change of either is a new column.
 * @param earlier storages in order of preference, the present version's first
 */
export function assignStorage(model: Model, earlier: readonly Storage[], occupied: Occupied = {}): Storage {
  const formers = formersOf(model, earlier)
  const names = tableNames(
    model,
    formers,
    new Set([...earlier.flatMap(storage => Object.values(storage.objects).map(object => object.table)), ...Object.keys(occupied)]),
  )
  const objects: Record<string, StoredObject> = {}
  for (const object of Object.values(model.objects)) {
    const table = names[object.name] ?? ''
    objects[object.name] = {
      table,
      columns: columnsOf(object, { names, earlier, former: formers.get(object.name)?.entry, occupied: lookup(occupied, table) ?? [] }),
    }
  }
  const used = new Set(Object.values(names))
  const removed = earlier
    .toReversed()
    .flatMap(storage => Object.entries(storage.objects))
    .filter(([name, object]) => !Object.hasOwn(objects, name) && !used.has(object.table))
  return { objects: { ...Object.fromEntries(removed), ...objects } }
}

/** Former names, the latest first. */
const formerNames = (was: readonly string[] | undefined): readonly string[] => [...(was ?? [])].reverse()

type Former = { readonly name: string; readonly entry: StoredObject }

/** Where the records of each object stood so far; no table serves two objects. */
function formersOf(model: Model, earlier: readonly Storage[]): Map<string, Former> {
  const formers = new Map<string, Former>()
  const used = new Set<string>()
  const claim = (object: ObjectModel, names: readonly string[]) => {
    const former = formers.has(object.name)
      ? null
      : find(
          earlier.map(storage => storage.objects),
          names,
          entry => !used.has(entry.table),
        )
    if (!former) return
    used.add(former.entry.table)
    formers.set(object.name, former)
  }
  const isKnown = ({ name }: ObjectModel) => earlier.some(storage => Object.hasOwn(storage.objects, name))
  const objects = Object.values(model.objects)
  // what got a new name keeps its records, even when something else takes the old name in the same moment
  for (const object of objects.filter(one => !isKnown(one))) claim(object, formerNames(object.definition.was))
  for (const object of objects.filter(isKnown)) claim(object, [object.name, ...formerNames(object.definition.was)])
  return formers
}

function tableNames(model: Model, formers: ReadonlyMap<string, Former>, taken: Set<string>): Record<string, string> {
  const names: Record<string, string> = {}
  for (const { name } of Object.values(model.objects)) {
    const table = formers.get(name)?.entry.table ?? freeIn(physicalName(snake(name)), taken)
    taken.add(table)
    names[name] = table
  }
  return names
}

/** The model with the physical names of its version. */
export function withStorage(model: Model, storage: Storage): Model {
  const objects = Object.fromEntries(Object.values(model.objects).map(object => [object.name, placed(object, storage)]))
  return Object.freeze({ ...model, objects })
}

/** What the names of an object's columns are chosen from. */
interface ColumnSources {
  /** The table of each object. */
  readonly names: Readonly<Record<string, string>>
  readonly earlier: readonly Storage[]
  readonly former: StoredObject | undefined
  readonly occupied: readonly string[]
}

function columnsOf(object: ObjectModel, { names, earlier, former, occupied }: ColumnSources): Record<string, StoredColumn> {
  const others = earlier.map(storage => lookup(storage.objects, object.name)).filter(entry => entry?.table === former?.table)
  const known = [former, ...others].filter(entry => entry !== undefined).map(entry => entry.columns)
  const wanted = wantedColumns(object, names)
  const kept = keptColumns(wanted, known)
  const used = new Set(Object.values(kept).map(column => column.name))
  const taken = new Set([
    ...known.flatMap(columns => Object.values(columns).map(column => column.name)),
    ...occupied,
    ...systemColumns(object),
  ])
  const made: Record<string, StoredColumn> = {}
  for (const { key, column } of wanted.filter(one => !Object.hasOwn(kept, one.key))) {
    made[key] = { ...column, name: freeIn(column.name, taken) }
    taken.add(made[key].name)
  }
  const removed = known
    .toReversed()
    .flatMap(columns => Object.entries(columns))
    .filter(([key, column]) => !Object.hasOwn(kept, key) && !Object.hasOwn(made, key) && !used.has(column.name))
  return Object.fromEntries([...removed, ...wanted.map(({ key }) => [key, kept[key] ?? made[key]] as const)]) as Record<
    string,
    StoredColumn
  >
}

/** A column that an object needs: its key, the keys it had, and what it would be if it were new. */
interface WantedColumn {
  readonly key: string
  /** The latest first. */
  readonly was: readonly string[]
  readonly column: StoredColumn
}

function wantedColumns(object: ObjectModel, names: Readonly<Record<string, string>>): WantedColumn[] {
  const stored = Object.values(object.fields).filter(own => !own.system && own.currencyOf === null)
  return stored.flatMap(field => {
    const to = field.relation?.to ? names[field.relation.to] : undefined
    return field.columns.map(({ key, name, type }) => {
      const was = formerNames(field.definition.was).map(former => `${former}${key.slice(field.name.length)}`)
      return { key, was, column: { name, type, ...(to === undefined ? {} : { to }) } }
    })
  })
}

/** The columns that go on: of the same type, pointing at the same table, each for one field. */
function keptColumns(wanted: readonly WantedColumn[], known: readonly StoredObject['columns'][]): Record<string, StoredColumn> {
  const kept: Record<string, StoredColumn> = {}
  const used = new Set<string>()
  const claim = ({ key, column }: WantedColumn, keys: readonly string[]) => {
    const found = find(known, keys, one => one.type === column.type && one.to === column.to && !used.has(one.name))
    if (!found) return
    used.add(found.entry.name)
    kept[key] = found.entry
  }
  const isKnown = ({ key }: WantedColumn) => known.some(columns => Object.hasOwn(columns, key))
  for (const one of wanted.filter(column => !isKnown(column))) claim(one, one.was)
  for (const one of wanted.filter(isKnown)) claim(one, [one.key, ...one.was])
  return kept
}

const systemColumns = (object: ObjectModel): string[] =>
  Object.values(object.fields)
    .filter(field => field.system)
    .flatMap(field => field.columns.map(column => column.name))

function find<T>(
  maps: readonly Readonly<Record<string, T>>[],
  names: readonly string[],
  fits: (entry: T) => boolean = () => true,
): { readonly name: string; readonly entry: T } | null {
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
  return {
    ...object,
    table: lookup(storage.objects, object.name)?.table ?? snake(object.name),
    fields,
    detail: object.detail ? (fields[object.detail.name] ?? null) : null,
  }
}

function placedField(field: FieldModel, object: string, storage: Storage): FieldModel {
  if (field.system) return field
  return {
    ...field,
    columns: field.columns.map(column => placedColumn(column, object, storage)),
    currency: placedCurrency(field.currency, object, storage),
  }
}

function placedCurrency(source: CurrencySource | null, object: string, storage: Storage): CurrencySource | null {
  if (!source || source.from === 'workspace') return source
  if (source.from === 'parent')
    return { ...source, column: placedColumn(source.column, source.object, storage), key: placedColumn(source.key, object, storage) }
  return { ...source, column: placedColumn(source.column, object, storage) }
}

const placedColumn = (column: ColumnModel, object: string, storage: Storage): ColumnModel => {
  const stored = lookup(lookup(storage.objects, object)?.columns ?? {}, column.key)
  return stored ? { ...column, name: stored.name } : column
}
