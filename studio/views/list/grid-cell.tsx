import type { FieldModel } from '@tessera/platform/model/model.js'
import { CircleAlert, Pencil } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useApp, useLabel } from '../../api/app.js'
import type { RecordValues, Related } from '../../api/records.js'
import { textOf } from '../../fields/face.js'
import { faceOf } from '../../fields/index.js'
import { isKey } from '../../ui/keys.js'

interface CellContentProps {
  record: RecordValues
  field: FieldModel
  isTitle: boolean
  to: string
  refused: string | undefined
  onLeave: () => void
  /** Given while the cell is pointed at: a pencil in each one would be most of what is drawn. */
  onEdit: (() => void) | undefined
}

/** What a cell shows: the value as its type draws it; the title is the way to the record. */
export function CellContent({ record, field, isTitle, to, refused, onLeave, onEdit }: CellContentProps): ReactNode {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const face = faceOf(field)
  return (
    <>
      {isTitle ? (
        <Link className="title-link cut" to={to} tabIndex={-1} onClick={onLeave}>
          {textOf(field, record, app) || t('record.untitled')}
        </Link>
      ) : (
        <face.Display field={field} record={record} place="cell" />
      )}
      {refused && (
        <span className="cell-refused" title={refused} role="alert">
          <CircleAlert size={14} aria-hidden />
          <span className="sr-only">{refused}</span>
        </span>
      )}
      {onEdit && (
        <button
          type="button"
          className="cell-pencil"
          tabIndex={-1}
          aria-label={t('editField', { name: label(field.label) })}
          onClick={onEdit}
        >
          <Pencil size={13} aria-hidden />
        </button>
      )}
    </>
  )
}

interface CellEditorProps {
  record: RecordValues
  field: FieldModel
  onSave: (value: unknown, related: Related | null | undefined, then: 'stay' | 'next') => void
  onCancel: () => void
}

/** Edits a value where it is read: Enter or leaving saves, Tab saves and moves on, Esc restores. */
export function CellEditor({ record, field, onSave, onCancel }: CellEditorProps) {
  const label = useLabel()
  const face = faceOf(field)
  const [draft, setDraft] = useState<{ value: unknown; related?: Related | null | undefined }>({ value: record[field.key] })
  const isDone = useRef(false)
  const picks = ['choice', 'id', 'date', 'dateTime', 'boolean', 'file', 'files'].includes(field.class.name)
  const finish = (then: 'stay' | 'next', latest = draft) => {
    if (isDone.current) return
    isDone.current = true
    if (latest.value === record[field.key]) onCancel()
    else onSave(latest.value, latest.related, then)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isKey(event, 'Escape')) {
      isDone.current = true
      onCancel()
    } else if (
      isKey(event, 'Tab') ||
      (isKey(event, 'Enter') &&
        !picks &&
        !(field.class.name === 'longText' && event.shiftKey) &&
        field.class.name !== 'choices' &&
        field.class.name !== 'richText')
    ) {
      event.preventDefault()
      finish(event.key === 'Tab' ? 'next' : 'stay')
    } else return
    event.stopPropagation()
  }
  const onChange = (value: unknown, related?: Related | null) => {
    setDraft({ value, related })
    if (picks) finish('stay', { value, related })
  }
  return (
    <div className="cell-editor" onKeyDown={onKeyDown}>
      <Suspense fallback={null}>
        <face.Input
          id={`edit-${record.id}-${field.name}`}
          field={field}
          value={draft.value}
          record={draft.related === undefined ? record : { ...record, [field.name]: draft.related }}
          onChange={onChange}
          onBlur={() => finish('stay')}
          label={label(field.label)}
          inline
        />
      </Suspense>
    </div>
  )
}
