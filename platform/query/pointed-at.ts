/** The rows of a statement that others in it point at, by the alias and the field of these. */
export type PointedAt = ReadonlyMap<string, string>

const pointer = (alias: string, field: string): string => `${alias} ${field}`

/** With one more: the row that a field of the rows of an alias points at. */
export const pointingAt = (row: string, alias: string, field: string, known: PointedAt | undefined): PointedAt =>
  new Map(known).set(pointer(alias, field), row)

/** The alias of the row that a field points at, where it is in the statement. */
export const rowPointedAt = (known: PointedAt | undefined, alias: string, field: string): string | undefined =>
  known?.get(pointer(alias, field))
