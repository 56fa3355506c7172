import type { FieldDefinition } from '@tessera/platform/fields/definition.js'
import type { FieldModel } from '@tessera/platform/model/model.js'

/** What the panel knows about the field that it shows. */
export interface PanelField {
  readonly object: string
  readonly name: string
  readonly definition: FieldDefinition
  readonly model: FieldModel | undefined
  /** The field as it is live; null for a new one. */
  readonly live: FieldModel | null
  readonly change: (change: Partial<Record<keyof FieldDefinition, unknown>>) => void
  readonly errorAt: (property: string) => string | undefined
}
