import type { FieldModel, Model, ObjectModel } from '../model/model.js'
import { physicalName } from '../model/naming.js'
import { lookup } from '../registry.js'
import { name, type Sql, sql, workspaceTable } from '../sql/sql.js'
import { setIndexes } from './sets.js'

export interface ColumnShape {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
}

export interface IndexShape {
  readonly name: string
  readonly unique: boolean
  /** What stands behind `on <table>`. */
  readonly on: Sql
}

export interface ConstraintShape {
  readonly name: string
  /** What stands behind `add constraint <name>`. */
  readonly definition: Sql
}

/** A table as it should be. */
export interface TableShape {
  readonly name: string
  readonly object: string
  readonly columns: readonly ColumnShape[]
  readonly indexes: readonly IndexShape[]
  readonly constraints: readonly ConstraintShape[]
}

/** What the database offers beyond plain PostgreSQL. */
export interface Offers {
  /** The extension pg_trgm in schema `public`: search by any part of a text is indexed. */
  readonly trigram: boolean
}

/** The tables of a model whose columns have their physical names. */
export const tables = (model: Model, offers: Offers): TableShape[] =>
  Object.values(model.objects).map(object => tableOf(object, model, offers))

/** The name of a unique index over one column; stable, since conflicts are told by it. */
export const uniqueName = (table: string, column: string): string => physicalName(`${table}_${column}_unique`, 50)

/** The name of a foreign key. */
export const foreignKeyName = (table: string, column: string): string => physicalName(`${table}_${column}_fk`, 50)

const required = ['id', 'version', 'createdAt', 'updatedAt']

function tableOf(object: ObjectModel, model: Model, offers: Offers): TableShape {
  const stored = Object.values(object.fields).filter(field => field.currencyOf === null && field.columns.length > 0)
  return {
    name: object.table,
    object: object.name,
    columns: stored.flatMap(field =>
      field.columns.map(column => ({ name: column.name, type: column.type, nullable: !required.includes(field.name) })),
    ),
    indexes: indexesOf(object, stored, offers),
    constraints: stored.flatMap(field => foreignKey(object, field, model)),
  }
}

function indexesOf(object: ObjectModel, stored: readonly FieldModel[], offers: Offers): IndexShape[] {
  const live = sql`where ${name('deleted_at')} is null`
  const plain = stored
    .filter(field => isIndexed(field, object) && (field.class.sortable || field.class.operators.includes('hasAny')))
    .map(field => {
      const column = field.columns[0]?.name ?? ''
      return {
        name: physicalName(`${object.table}_${column}_list`, 50),
        unique: false,
        on: field.class.sortable ? sql`(${field.class.order(name(column))}, id) ${live}` : sql`using gin (${name(column)}) ${live}`,
      }
    })
  const unique = stored
    .filter(field => field.definition.unique || field.type.name === 'autonumber')
    .map(field => {
      const column = field.columns[0]?.name ?? ''
      return { name: uniqueName(object.table, column), unique: true, on: sql`(${name(column)}) ${live}` }
    })
  const searched = offers.trigram
    ? stored
        .filter(field => field.definition.search !== undefined)
        .map(field => {
          const column = field.columns[0]?.name ?? ''
          return {
            name: physicalName(`${object.table}_${column}_search`, 50),
            unique: false,
            on: sql`using gin (${field.class.text?.(name(column)) ?? name(column)} public.gin_trgm_ops) ${live}`,
          }
        })
    : []
  return [...plain, ...unique, ...searched, ...reachIndexes(object), ...dueIndexes(object), ...pairOf(object), ...setIndexes(object)]
}

/** What is due to change its state by itself is found by its state, and since when it is in it. */
function dueIndexes(object: ObjectModel): IndexShape[] {
  return Object.values(object.fields).flatMap(({ states, columns: [state] }) => {
    const since = lookup(object.fields, states?.since ?? '')?.columns[0]
    if (!state || !since || !states?.transitions.some(({ automatic }) => automatic !== null)) return []
    const on = sql`(${name(state.name)}, ${name(since.name)}) where ${name('deleted_at')} is null`
    return [{ name: physicalName(`${object.table}_${state.name}_due`, 50), unique: false, on }]
  })
}

/** Whoever is reached by a field is found by an index, and so is what goes back to a pool: every part of an “or” needs its own. */
function reachIndexes({ definition: { access }, fields, table }: ObjectModel): IndexShape[] {
  const since = access?.pool?.recycle?.since
  const names = [...Object.keys(access?.groups ?? {}), ...(since === undefined ? [] : [since])]
  return [...new Set(names)].flatMap(named => {
    const column = lookup(fields, named)?.columns[0]?.name
    if (column === undefined) return []
    return [
      { name: physicalName(`${table}_${column}_reach`, 50), unique: false, on: sql`(${name(column)}) where ${name('deleted_at')} is null` },
    ]
  })
}

/** The name of the index that keeps two live links from joining the same two records. */
export const pairName = (table: string): string => physicalName(`${table}_pair_unique`, 50)

function pairOf(object: ObjectModel): IndexShape[] {
  const { near = '', far = '' } = object.junction ?? {}
  const [one, other] = [object.fields[near]?.columns[0]?.name, object.fields[far]?.columns[0]?.name]
  if (one === undefined || other === undefined) return []
  return [{ name: pairName(object.table), unique: true, on: sql`(${name(one)}, ${name(other)}) where ${name('deleted_at')} is null` }]
}

const isIndexed = (field: FieldModel, object: ObjectModel): boolean =>
  field.definition.index === true ||
  field.name === 'createdAt' ||
  field.targets !== undefined ||
  (field.relation !== null && field.name !== 'createdBy' && field.name !== 'updatedBy') ||
  (object.definition.sort ?? []).some(sort => sort.field === field.name)

function foreignKey(object: ObjectModel, field: FieldModel, model: Model): ConstraintShape[] {
  const target = field.relation?.to ? lookup(model.objects, field.relation.to) : undefined
  const column = field.columns[0]?.name
  if (!target || column === undefined) return []
  return [
    {
      name: foreignKeyName(object.table, column),
      definition: sql`foreign key (${name(column)}) references ${workspaceTable(target.table)} (id)`,
    },
  ]
}
