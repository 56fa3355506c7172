import type { ObjectModel } from '@tessera/platform/model/model.js'
import { onceFor } from '@tessera/platform/once-for.js'
import { readColumn, storedColumns, type Values } from '@tessera/platform/records/values.js'
import { flat, join, name, render, type Sql, sql, valuesOf } from '@tessera/platform/sql/sql.js'
import type { QueryResultRow } from 'pg'
import type { Queryable } from '../database/queryable.js'
import { slotContext, type WriteContext } from './write-context.js'

/** Runs one piece of SQL in the context's workspace and gives its rows. */
export async function rowsOf<T extends QueryResultRow>(
  client: Queryable,
  piece: Sql,
  context: Pick<WriteContext, 'schema' | 'moment' | 'currency' | 'reach'>,
): Promise<T[]> {
  const statement = render(piece, context.schema)
  const { rows } = await client.query(statement.text, valuesOf(statement, { variables: {}, context: slotContext(context) }))
  return rows as unknown as T[]
}

/** The columns of whole records behind `select`, and how a row of them becomes the values of a record. */
export function readingOf(object: ObjectModel, alias: string): Reading {
  const known = readings(object)
  const found = known.get(alias) ?? madeReading(object, alias)
  known.set(alias, found)
  return found
}

interface Reading {
  readonly columns: Sql
  readonly valuesOf: (row: QueryResultRow) => Values
}

/** The readings of an object by alias: those of the code, so there are few. */
const readings = onceFor((_: ObjectModel) => new Map<string, Reading>())

function madeReading(object: ObjectModel, alias: string): Reading {
  const columns = storedColumns(object)
  const shown = columns.map(({ key }, index) => ({ key, at: `c${index}` }))
  return {
    columns: flat(join(columns.map((stored, index) => sql`${readColumn(stored, name(alias, stored.name))} as ${name(`c${index}`)}`))),
    valuesOf: row => {
      const values: Record<string, unknown> = {}
      for (const { key, at } of shown) values[key] = row[at] ?? null
      return values
    },
  }
}
