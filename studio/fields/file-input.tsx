import { acceptedBy } from '@tessera/platform/fields/file.js'
import { isRecord } from '@tessera/platform/fields/parts.js'
import { Button } from 'antd'
import { Upload, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { uploadFile } from '../api/client.js'
import type { InputProps } from './face.js'
import { inputState } from './text-input.js'

/** Sends a file as soon as it is chosen; the record holds it when the form is saved. */
export function FileInput(props: InputProps) {
  const { id, field, value, onChange, disabled } = props
  const { t } = useTranslation()
  const picker = useRef<HTMLInputElement>(null)
  const [state, setState] = useState<'still' | 'sending' | 'failed'>('still')
  const name = isRecord(value) ? String(value.name ?? '') : ''
  const send = async (chosen: File | undefined) => {
    if (!chosen) return
    setState('sending')
    try {
      onChange(await uploadFile(chosen))
      setState('still')
    } catch {
      setState('failed')
    }
  }
  return (
    <div className="file-input">
      <input
        ref={picker}
        type="file"
        hidden
        data-field={field.name}
        accept={acceptedBy(field.definition).join(',')}
        onChange={event => {
          void send(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {field.type.name === 'image' && isRecord(value) && <img className="thumbnail" src={`/files/${String(value.id)}`} alt="" />}
      {name !== '' && <span className="cut">{name}</span>}
      <Button
        {...inputState({ ...props, id })}
        autoFocus={props.inline === true}
        size="small"
        icon={<Upload size={14} aria-hidden />}
        loading={state === 'sending'}
        onClick={() => picker.current?.click()}
      >
        {t(state === 'sending' ? 'file.sending' : name === '' ? 'file.choose' : 'file.replace')}
      </Button>
      {name !== '' && (
        <Button
          type="text"
          size="small"
          disabled={disabled === true}
          icon={<X size={14} aria-hidden />}
          aria-label={t('file.remove', { name })}
          onClick={() => onChange(null)}
        />
      )}
      {state === 'failed' && (
        <p className="field-error" role="alert">
          {t('file.failed')}
        </p>
      )}
    </div>
  )
}
