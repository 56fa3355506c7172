import { isRecord } from '@tessera/platform/fields/parts.js'
import { Paperclip } from 'lucide-react'
import type { DisplayProps, FieldFace, InputProps } from './face.js'
import { FileInput, FilesInput, TextFilterValue } from './lazy-inputs.js'
import { Nothing } from './plain-display.js'

function FileDisplay({ field, record, place }: DisplayProps) {
  const files = fileValues(record[field.key])
  if (files.length === 0) return <Nothing place={place} />
  const shown = place === 'record' ? files : files.slice(0, 1)
  return (
    <span className={place === 'record' ? 'files wrap' : 'files'}>
      {shown.map(file => (
        <FileLink key={String(file.id)} file={file} place={place} />
      ))}
      {files.length > shown.length && <span className="quiet num">+{files.length - shown.length}</span>}
    </span>
  )
}

/** The files of a value, whether one or several. */
export const fileValues = (value: unknown): Readonly<Record<string, unknown>>[] => (Array.isArray(value) ? value : [value]).filter(isRecord)

function FileLink({ file, place }: { file: Readonly<Record<string, unknown>>; place: DisplayProps['place'] }) {
  return (
    <a
      className="value-link cut"
      href={`/files/${String(file.id)}`}
      download
      tabIndex={place === 'cell' ? -1 : 0}
      onClick={event => event.stopPropagation()}
    >
      {String(file.name)}
    </a>
  )
}

const OneOrSeveral = (props: InputProps) => (props.field.definition.multiple ? <FilesInput {...props} /> : <FileInput {...props} />)

export const file: FieldFace = {
  icon: Paperclip,
  width: 180,
  Display: FileDisplay,
  Input: OneOrSeveral,
  filters: ['isNull'],
  FilterValue: TextFilterValue,
}
