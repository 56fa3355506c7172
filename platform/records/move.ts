/** A change of state, as its history keeps it. */
export interface Move {
  readonly field: string
  /** Null when the record is new. */
  readonly from: string | null
  readonly to: string
  readonly at: string
  /** The transition that was taken; null for the beginning and for what was brought by an import. */
  readonly transition: string | null
  readonly comment: string | null
  /** How long it was in the former state: by the calendar, and on workdays. */
  readonly seconds: number | null
  readonly workSeconds: number | null
}
