/** What stands in the key under which the cards of a column are kept. */
export interface LaneKey {
  readonly where?: { readonly and?: readonly unknown[] }
}

/** The condition of a column: what the list asks for, then the option of the column. */
export const laneWhere = (where: Readonly<Record<string, unknown>> | undefined, key: string, value: string) => ({
  and: [...(where ? [where] : []), { [key]: { eq: value } }],
})

/** The option of the column whose cards are kept under a key; null when it is no column's: its last condition does not ask for one. */
export function laneOf(parts: LaneKey | undefined, key: string): string | null {
  const last = parts?.where?.and?.at(-1) as Record<string, { eq?: string }> | undefined
  return last?.[key]?.eq ?? null
}
