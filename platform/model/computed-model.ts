/** What a computed field that is kept reads: keys of records of an object. */
export interface ComputedInput {
  readonly object: string
  readonly keys: readonly string[]
  /** The relations from the computed record to that one, none for its own values; null for the children of a rollup. */
  readonly path: readonly string[] | null
}

/** A field that is kept and recomputed: a stored formula or a rollup. */
export interface ComputedField {
  readonly object: string
  readonly field: string
  readonly inputs: readonly ComputedInput[]
}
