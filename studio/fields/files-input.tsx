import { acceptedBy } from '@tessera/platform/fields/file.js'
import { isRecord } from '@tessera/platform/fields/parts.js'
import { Button, Progress } from 'antd'
import { Upload, X } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UploadedFile } from '../api/client.js'
import { IconButton } from '../ui/small.js'
import type { InputProps } from './face.js'
import { inputState } from './text-input.js'
import { useUploads } from './uploads.js'

const filesOf = (value: unknown): UploadedFile[] => (Array.isArray(value) ? value.filter(isRecord) : []) as unknown as UploadedFile[]

/** Sends files as soon as they are chosen or dropped; the record holds them, in their order, when the form is saved. */
export function FilesInput(props: InputProps) {
  const { id, field, value, onChange, disabled } = props
  const { t } = useTranslation()
  const picker = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const files = filesOf(value)
  const { pending, failed, send } = useUploads(files, next => onChange(next.length > 0 ? next : null))
  const { maxFiles = 20 } = field.definition
  const free = maxFiles - files.length - pending.length
  const take = (chosen: FileList | null | undefined) => void send([...(chosen ?? [])].slice(0, Math.max(free, 0)))
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (disabled !== true) take(event.dataTransfer.files)
  }
  return (
    <fieldset
      className={isOver ? 'files-input over' : 'files-input'}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        data-field={field.name}
        accept={acceptedBy(field.definition).join(',')}
        onChange={event => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
      <ul className="files-list">
        {files.map(file => (
          <li key={file.id} className="file-chip">
            {field.type.name === 'image' && <img className="thumbnail" src={`/files/${file.id}`} alt="" />}
            <span className="cut" title={file.name}>
              {file.name}
            </span>
            <IconButton
              icon={X}
              label={t('file.remove', { name: file.name })}
              disabled={disabled === true}
              onClick={() => onChange(files.length > 1 ? files.filter(one => one.id !== file.id) : null)}
            />
          </li>
        ))}
        {pending.map(({ key, name, share }) => (
          <li key={key} className="file-chip" role="status">
            <span className="cut">{name}</span>
            <Progress percent={Math.round(share * 100)} size="small" aria-label={t('file.sendingName', { name })} />
          </li>
        ))}
      </ul>
      <div className="files-way">
        <Button
          {...inputState({ ...props, id })}
          disabled={disabled === true || free <= 0}
          autoFocus={props.inline === true}
          size="small"
          icon={<Upload size={14} aria-hidden />}
          onClick={() => picker.current?.click()}
        >
          {t('file.chooseSeveral')}
        </Button>
        <span className="quiet">{free > 0 ? t('file.dropHere') : t('file.full', { count: maxFiles })}</span>
      </div>
      {failed !== '' && (
        <p className="field-error" role="alert">
          {t('file.failedName', { name: failed })}
        </p>
      )}
    </fieldset>
  )
}
