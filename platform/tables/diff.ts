import type { ColumnShape, ConstraintShape, IndexShape, TableShape } from './tables.js'

/** A table as PostgreSQL has it. */
export interface PresentTable {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: string; readonly nullable: boolean }[]
  readonly indexes: readonly { readonly name: string; readonly valid: boolean }[]
  readonly constraints: readonly { readonly name: string; readonly validated: boolean }[]
}

/** When an alteration happens: before the switch in one short transaction, after it as a durable job, or when no version of the last 30 days needs the thing. */
export type Phase = 'expand' | 'finish' | 'contract'

/** One piece of the way from the tables that are to those that should be. */
export type Alteration =
  | { readonly do: 'createTable'; readonly phase: 'expand'; readonly table: TableShape }
  | { readonly do: 'addColumn'; readonly phase: 'expand'; readonly table: string; readonly column: ColumnShape }
  | { readonly do: 'addConstraint'; readonly phase: 'expand'; readonly table: string; readonly constraint: ConstraintShape }
  | { readonly do: 'validateConstraint'; readonly phase: 'finish'; readonly table: string; readonly name: string }
  | {
      readonly do: 'createIndex'
      readonly phase: 'finish'
      readonly table: string
      readonly index: IndexShape
      readonly replacesInvalid: boolean
    }
  | { readonly do: 'dropIndex'; readonly phase: 'finish'; readonly table: string; readonly name: string }
  | { readonly do: 'hideColumn'; readonly phase: 'contract'; readonly table: string; readonly column: string; readonly loses: string }
  | { readonly do: 'hideTable'; readonly phase: 'contract'; readonly table: string; readonly loses: string }

/** The way from one set of tables to another, in the order in which it is gone. */
export type ChangePlan = readonly Alteration[]

const lost = 'data after 30 days'

/**
 * Compares tables. Names decide: a column of the same name is the same, its type never changes (a change of type is a new column).
 * @param has the tables of the workspace as they are, without the fixed ones
 * @param wants the tables of the model
 */
export function diffTables(has: readonly PresentTable[], wants: readonly TableShape[]): ChangePlan {
  const present = new Map(has.map(table => [table.name, table]))
  const wanted = new Set(wants.map(table => table.name))
  const created = wants.filter(table => !present.has(table.name))
  return [
    ...created.map((table): Alteration => ({ do: 'createTable', phase: 'expand', table })),
    ...created.flatMap(table =>
      table.constraints.map((constraint): Alteration => ({ do: 'addConstraint', phase: 'expand', table: table.name, constraint })),
    ),
    ...wants.flatMap(table => {
      const old = present.get(table.name)
      return old ? diffTable(old, table) : []
    }),
    ...created.flatMap(table =>
      table.constraints.map(
        (constraint): Alteration => ({ do: 'validateConstraint', phase: 'finish', table: table.name, name: constraint.name }),
      ),
    ),
    ...has
      .filter(table => !wanted.has(table.name))
      .map((table): Alteration => ({ do: 'hideTable', phase: 'contract', table: table.name, loses: lost })),
  ]
}

function diffTable(has: PresentTable, wants: TableShape): Alteration[] {
  return [...diffColumns(has, wants), ...diffConstraints(has, wants), ...diffIndexes(has, wants)]
}

/** What changes in the columns of one table. */
export function diffColumns(has: PresentTable, wants: TableShape): Alteration[] {
  const present = new Set(has.columns.map(column => column.name))
  const wanted = new Set(wants.columns.map(column => column.name))
  return [
    ...wants.columns
      .filter(column => !present.has(column.name))
      .map((column): Alteration => ({ do: 'addColumn', phase: 'expand', table: wants.name, column })),
    ...has.columns
      .filter(column => !wanted.has(column.name))
      .map((column): Alteration => ({ do: 'hideColumn', phase: 'contract', table: wants.name, column: column.name, loses: lost })),
  ]
}

function diffConstraints(has: PresentTable, wants: TableShape): Alteration[] {
  const present = new Map(has.constraints.map(constraint => [constraint.name, constraint]))
  return wants.constraints.flatMap((constraint): Alteration[] => {
    const old = present.get(constraint.name)
    return [
      ...(old ? [] : [{ do: 'addConstraint', phase: 'expand', table: wants.name, constraint } as const]),
      ...(old?.validated ? [] : [{ do: 'validateConstraint', phase: 'finish', table: wants.name, name: constraint.name } as const]),
    ]
  })
}

function diffIndexes(has: PresentTable, wants: TableShape): Alteration[] {
  const present = new Map(has.indexes.map(index => [index.name, index]))
  const wanted = new Set(wants.indexes.map(index => index.name))
  const made = wants.indexes.filter(index => !present.get(index.name)?.valid)
  const dropped = has.indexes.filter(index => !wanted.has(index.name) && index.name !== primaryKeyName(has.name))
  return [
    ...made.map(
      (index): Alteration => ({ do: 'createIndex', phase: 'finish', table: wants.name, index, replacesInvalid: present.has(index.name) }),
    ),
    ...dropped.map((index): Alteration => ({ do: 'dropIndex', phase: 'finish', table: wants.name, name: index.name })),
  ]
}

/** The name of a table's primary key. */
export const primaryKeyName = (table: string): string => `${table}_pk`.slice(0, 50)
