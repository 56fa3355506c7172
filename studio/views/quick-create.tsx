import { Button, Checkbox } from 'antd'
import { Maximize2 } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { newPath, recordPath } from '../api/addresses.js'
import { useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import type { RecordValues } from '../api/records.js'
import type { Beside } from '../fields/create-beside.js'
import { titleName } from '../fields/selection.js'
import { RecordForm } from '../forms/record-form.js'
import { useRecordForm } from '../forms/use-record-form.js'
import { confirm } from '../ui/confirm.js'
import { isComposing, keyName } from '../ui/keys.js'
import { Sheet } from '../ui/sheet.js'
import { IconButton, Kbd } from '../ui/small.js'
import { toast } from '../ui/toast.js'

/** A new record with its few most telling fields, over what is open. */
export default function QuickCreate({ beside }: { beside: Beside }) {
  const [round, setRound] = useState(0)
  const [again, setAgain] = useState(false)
  return (
    <QuickForm
      key={round}
      beside={round === 0 ? beside : { ...beside, title: '' }}
      again={again}
      onAgain={setAgain}
      onNext={() => setRound(before => before + 1)}
    />
  )
}

interface QuickFormProps {
  beside: Beside
  again: boolean
  onAgain: (again: boolean) => void
  onNext: () => void
}

function QuickForm({ beside, again, onAgain, onNext }: QuickFormProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const id = useId()
  const navigate = useNavigate()
  const app = useAppName()
  const { object } = beside
  const title = titleName(object)
  const canTitle = object.fields[title]?.type.name === 'text' && object.fields[title].writable
  const initial = useMemo(
    () => ({ ...beside.values, ...(canTitle && beside.title.trim() !== '' ? { [title]: beside.title.trim() } : {}) }),
    [beside.values, beside.title, canTitle, title],
  )
  const onSaved = (saved: RecordValues) => {
    const open =
      object.detail === null ? { undo: { label: t('open'), run: () => void navigate(recordPath(app, object.name, saved.id)) } } : {}
    toast(t('form.created', { name: label(object.label) }), open)
    if (again) onNext()
    else beside.done({ id: saved.id, title: String(saved[title] ?? '') || null })
  }
  const form = useRecordForm({ object, record: null, initial, isQuick: true, select: `id version ${title === 'id' ? '' : title}`, onSaved })
  const close = async () => {
    if (
      form.isDirty &&
      !(await confirm({ title: t('leave.discardTitle'), body: t('leave.discardBody'), verb: t('discard'), danger: true }))
    )
      return
    beside.done(null)
  }
  const expand = () => {
    beside.done(null)
    const values = Object.fromEntries(Object.entries(form.values).filter(([, value]) => value !== null))
    void navigate(newPath(app, object.name), { state: { values, isTyped: form.isDirty } })
  }
  const submit = () => (document.getElementById(id) as HTMLFormElement | null)?.requestSubmit()
  const footer = (
    <div className="quick-foot">
      {object.detail === null && (
        <Checkbox checked={again} onChange={event => onAgain(event.target.checked)}>
          {t('form.again')}
        </Checkbox>
      )}
      <span className="grow" />
      <Button onClick={() => void close()}>{t('cancel')}</Button>
      <Button type="primary" loading={form.isSaving} onClick={submit}>
        {t('create')} <Kbd keys="mod+enter" />
      </Button>
    </div>
  )
  return (
    <Sheet
      title={t('newObject', { name: label(object.label) })}
      open
      onClose={() => void close()}
      footer={footer}
      extra={object.detail === null && <IconButton icon={Maximize2} label={t('form.expand')} onClick={expand} />}
      full
    >
      <div
        onKeyDown={event => {
          if (isComposing(event) || !['mod+enter', 'mod+s'].includes(keyName(event))) return
          event.preventDefault()
          submit()
        }}
      >
        <RecordForm id={id} form={form} isQuick />
      </div>
    </Sheet>
  )
}
