/** How records are reached over the links of a junction. */
export interface ThroughModel {
  readonly junction: string
  /** The junction's field that points at this record, and the one that points at the other. */
  readonly own: string
  readonly other: string
  /** Links of a record keep an order of their own, which stands in the junction's `position`. */
  readonly ordered: boolean
  /** Where it is defined. */
  readonly declaredAt: string
}

/** What an object is that the model itself made to hold the links of a many-to-many. */
export interface JunctionModel {
  /** The object and the field that define it. */
  readonly object: string
  readonly field: string
  /** The name of the links as the other object sees them, if it does. */
  readonly inverse: string | null
  /** Its fields that point at the defining object and at the other. */
  readonly near: string
  readonly far: string
  /** How many links a record of the defining object may have, and how many of them with a label. */
  readonly max: number | null
  readonly limits: Readonly<Record<string, number>>
  readonly ordered: boolean
  /** Fields that only hold what rollups need of the other end; nobody sees them. */
  readonly mirrors: readonly string[]
}
