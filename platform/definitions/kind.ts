import { type TObject, type TProperties, Type } from '@sinclair/typebox'

/** One kind of definition: its name is the key that holds a definition's own name, its shape the JSON. */
export interface Kind {
  readonly name: string
  /** The folder of its files under `metadata/<app>/`; empty for the app itself. */
  readonly folder: string
  readonly shape: TObject
}

/** A name inside the product: `^[a-z][a-zA-Z0-9]{0,39}$`. */
export const nameShape = Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,39}$', description: 'A small letter, then letters and digits' })

/** Declares a kind; every definition may name its schema first, then its kind with its name. */
export const kind = <N extends string, P extends TProperties>(name: N, folder: string, properties: P) => ({
  name,
  folder,
  shape: Type.Object(
    { $schema: Type.Optional(Type.String()), ...properties },
    { additionalProperties: false, $id: `${name}.json`, title: name },
  ),
})

/** How lists are ordered. */
export const sortShape = Type.Array(
  Type.Object(
    { field: Type.String(), direction: Type.Optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')])) },
    { additionalProperties: false },
  ),
  { maxItems: 5 },
)
