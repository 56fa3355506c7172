/** Former names under which an object still answers in the API, with the present ones that they stand for. */
export interface FormerNames {
  /** Of fields of its records. */
  readonly keys: Readonly<Record<string, string>>
  /** Of fields of `Query`, `Mutation` and `Subscription`. */
  readonly roots: Readonly<Record<string, string>>
  readonly types: Readonly<Record<string, string>>
}
