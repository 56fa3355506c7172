import { Image } from 'lucide-react'
import type { DisplayProps, FieldFace } from './face.js'
import { file, fileValues } from './file.js'
import { Nothing } from './plain-display.js'

function ImageDisplay({ field, record, place }: DisplayProps) {
  const pictures = fileValues(record[field.key])
  if (pictures.length === 0) return <Nothing place={place} />
  const shown = place === 'record' ? pictures : pictures.slice(0, 2)
  return (
    <span className={place === 'record' ? 'files wrap' : 'files'}>
      {shown.map(picture => (
        <img
          key={String(picture.id)}
          className={place === 'record' ? 'thumbnail large' : 'thumbnail'}
          src={`/files/${String(picture.id)}`}
          alt={String(picture.name ?? '')}
          loading="lazy"
        />
      ))}
      {pictures.length > shown.length && <span className="quiet num">+{pictures.length - shown.length}</span>}
    </span>
  )
}

export const image: FieldFace = { ...file, icon: Image, width: 96, Display: ImageDisplay }
