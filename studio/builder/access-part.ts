import type { RecordAccessDefinition } from '@tessera/platform/definitions/record-access.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'

/** What every part of the record access of an object is given. */
export interface AccessPartProps {
  readonly object: ObjectModel
  readonly access: RecordAccessDefinition
  readonly change: (patch: Partial<Record<keyof RecordAccessDefinition, unknown>>) => void
  readonly errorAt: (place: string) => string | undefined
}
