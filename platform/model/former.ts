/** Former names under which an object still answers in the API, with the present ones that they stand for. */
export interface FormerNames {
  /** Of fields of its records. */
  readonly keys: Readonly<Record<string, string>>
  /** Of fields of `Query`, `Mutation` and `Subscription`. */
  readonly roots: Readonly<Record<string, string>>
  readonly types: Readonly<Record<string, string>>
}

/** What a table does not have yet of an object that is only a draft: it reads as empty. */
export interface Unborn {
  /** The whole table is missing. */
  readonly table: boolean
  readonly columns: readonly { readonly name: string; readonly type: string }[]
}

/** What an object has only where there is something to say. */
export interface Sometimes {
  readonly former?: FormerNames
  readonly unborn?: Unborn
}
