import { isRecord } from '@tessera/platform/fields/parts.js'
import { Paperclip } from 'lucide-react'
import type { DisplayProps, FieldFace } from './face.js'
import { FileInput } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'
import { TextFilterValue } from './text-input.js'

function FileDisplay({ field, record, place }: DisplayProps) {
  const value = record[field.key]
  if (!isRecord(value)) return <Nothing place={place} />
  return (
    <a
      className="value-link cut"
      href={`/files/${String(value.id)}`}
      download
      tabIndex={place === 'cell' ? -1 : 0}
      onClick={event => event.stopPropagation()}
    >
      {String(value.name)}
    </a>
  )
}

export const file: FieldFace = {
  icon: Paperclip,
  width: 180,
  Display: FileDisplay,
  Input: FileInput,
  filters: ['isNull'],
  FilterValue: TextFilterValue,
}
