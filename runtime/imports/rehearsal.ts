import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { linkKeys } from '@tessera/platform/records/import-keys.js'

type Values = Readonly<Record<string, unknown>>

/** Remembers what a dry run would have written in earlier batches, because the database keeps nothing of it. */
export class Rehearsal {
  private readonly written = new Map<string, string>()

  /** A row that would have become a new record. */
  remember(object: ObjectModel, values: Values): void {
    for (const field of linkKeys(object)) {
      const value = values[field.key]
      if (value !== null && value !== undefined) this.written.set(placeOf(field, value), JSON.stringify(values))
    }
  }

  /** Whether an earlier row has this value in this field. */
  has(field: FieldModel, value: unknown): boolean {
    return this.written.has(placeOf(field, value))
  }

  /** Whether an earlier row with this value in this field has the very same values. */
  isSame(field: FieldModel, values: Values): boolean {
    return this.written.get(placeOf(field, values[field.key])) === JSON.stringify(values)
  }
}

const placeOf = (field: FieldModel, value: unknown): string => `${field.name} ${String(value)}`
