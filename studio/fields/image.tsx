import { isRecord } from '@tessera/platform/fields/parts.js'
import { Image } from 'lucide-react'
import type { DisplayProps, FieldFace } from './face.js'
import { file } from './file.js'
import { Nothing } from './plain-display.js'

function ImageDisplay({ field, record, place }: DisplayProps) {
  const value = record[field.key]
  if (!isRecord(value)) return <Nothing place={place} />
  return (
    <img
      className={place === 'record' ? 'thumbnail large' : 'thumbnail'}
      src={`/files/${String(value.id)}`}
      alt={String(value.name ?? '')}
      loading="lazy"
    />
  )
}

export const image: FieldFace = { ...file, icon: Image, width: 96, Display: ImageDisplay }
