import { textClass } from '@tessera/platform/fields/classes.js'
import { fieldTypes } from '@tessera/platform/fields/index.js'
import { text as textType } from '@tessera/platform/fields/text.js'
import type { FieldModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import type { LucideIcon } from 'lucide-react'
import { faceOf } from '../fields/index.js'

/** A field of a type that stands nowhere, for its icon. */
const bare = (name: string): FieldModel => {
  const type = lookup(fieldTypes, name) ?? textType
  return {
    name: 'value',
    object: '',
    label: '',
    type,
    class: textClass,
    definition: { type: type.name, returns: 'decimal' },
    key: 'value',
    columns: [],
    relation: null,
    system: false,
    writable: true,
    rule: null,
    rollup: null,
    currency: null,
    currencyOf: null,
  }
}

/** The icon of a type of field. */
export const typeIcon = (type: string): LucideIcon => faceOf(bare(type)).icon
