import { Button } from 'antd'
import { FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { useLabel } from '../../api/app.js'
import { uploadFile } from '../../api/client.js'
import { Problem } from '../../ui/small.js'
import { failureText } from '../failure.js'
import { inspectImport } from './import-data.js'
import { atStart } from './import-state.js'
import { StepFrame } from './step-frame.js'
import type { StepProps } from './step-props.js'
import { useTexts } from './texts.js'

/** Takes the file, sends it to the server, which looks through it and proposes what its columns mean. */
export function FileStep({ object, change }: StepProps) {
  const { t } = useTexts()
  const label = useLabel()
  const input = useRef<HTMLInputElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [isOver, setOver] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const take = async (file: File | undefined) => {
    if (!file || isBusy) return
    setBusy(true)
    setError(null)
    try {
      const { id, name, size } = await uploadFile(file)
      const { columns, rows, mapping } = await inspectImport(id, object.name)
      change({ ...atStart, step: 'columns', file: { id, name, size }, columns, rows, mapping })
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <StepFrame title={t('file.title', { name: label(object.pluralLabel) })} text={t('file.text')}>
      {error !== null && <Problem title={failureText(error, t)} />}
      <div
        className={isOver ? 'file-drop over' : 'file-drop'}
        role="group"
        aria-label={t('file.drop')}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <FileUp size={28} strokeWidth={1.5} aria-hidden />
        <p>{isBusy ? t('file.reading') : t('file.drop')}</p>
        <input
          ref={input}
          className="sr-only"
          type="file"
          accept=".csv,text/csv,.txt,.tsv,.xlsx"
          tabIndex={-1}
          aria-label={t('file.choose')}
          onChange={event => void take(event.target.files?.[0])}
        />
        <Button type="primary" loading={isBusy} onClick={() => input.current?.click()}>
          {t('file.choose')}
        </Button>
        <p className="quiet">{t('file.limits')}</p>
      </div>
    </StepFrame>
  )
}
