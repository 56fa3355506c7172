import { flat, integer, type Sql, sql } from './sql.js'

const types = new Map<string, Sql>([
  ['text', sql`text`],
  // a name of its own, so that a text does not become HTML by keeping its column
  ['html', sql`text`],
  ['uuid', sql`uuid`],
  ['integer', sql`integer`],
  ['numeric', sql`numeric`],
  ['boolean', sql`boolean`],
  ['date', sql`date`],
  ['time(0) without time zone', sql`time(0)`],
  ['bigint', sql`bigint`],
  ['jsonb', sql`jsonb`],
  ['uuid[]', sql`uuid[]`],
  ['timestamptz(3)', sql`timestamptz(3)`],
  ['text[]', sql`text[]`],
])

/** A column type of the field register as SQL; the types come from there, never from outside, and this keeps it so. */
export function columnType(type: string): Sql {
  const known = types.get(type)
  if (known) return known
  const numeric = /^numeric\((\d{1,2}),(\d{1,2})\)$/.exec(type)
  if (!numeric) throw new Error(`Unknown column type ${type}`)
  const made = flat(sql`numeric(${integer(Number(numeric[1]))},${integer(Number(numeric[2]))})`)
  types.set(type, made)
  return made
}
