import { isMarkdown } from '@tessera/platform/fields/long-text.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { CircleAlert, Info, Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import { isChanged } from '../../api/changed-values.js'
import type { RecordValues } from '../../api/records.js'
import { readWhy } from '../../api/why.js'
import { editableField } from '../../fields/editable.js'
import { isEmptyValue, isPointing } from '../../fields/face.js'
import { faceOf } from '../../fields/index.js'
import { WhyButton } from '../../fields/why-button.js'
import type { WriteCell } from '../list/cell-write.js'
import { CellEditor } from '../list/grid-cell.js'
import { RevealButton } from './reveal-button.js'

interface ValuesProps {
  object: ObjectModel
  record: RecordValues
  fields: readonly FieldModel[]
  write: WriteCell
  refused: Readonly<Record<string, string>>
}

/** Values of a record with their names; a click on one edits it in place. */
export function Values({ object, record, fields, write, refused }: ValuesProps) {
  const label = useLabel()
  return (
    <dl className="values">
      {fields.map(field => (
        <div key={field.name} className="value-row">
          <dt>
            {label(field.label)}
            {field.definition.description !== undefined && (
              <span className="value-info" title={label(field.definition.description)}>
                <Info size={12} aria-hidden />
              </span>
            )}
          </dt>
          <dd className={isChanged(record, field.key) || isChanged(record, field.name) ? 'flash' : undefined}>
            <Value object={object} record={record} field={field} write={write} problem={refused[`${record.id} ${field.name}`]} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

interface ValueProps {
  object: ObjectModel
  record: RecordValues
  field: FieldModel
  write: WriteCell
  problem: string | undefined
}

function Value({ object, record, field, write, problem }: ValueProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const [isEditing, setEditing] = useState(false)
  const open = editableField(app, object, field, record)
  const canEdit = open !== null
  const { Display } = faceOf(field)
  const isEmpty = isEmptyValue(record[field.key])
  if (isEditing && open)
    return (
      <CellEditor
        record={record}
        field={open}
        onCancel={() => setEditing(false)}
        onSave={(value, related) => {
          setEditing(false)
          void write(record, field, value, related)
        }}
      />
    )
  // who owns the record has it whole in front of them already
  const isCovered = field.revealable && !(field.masked?.unlessOwner && record.ownerId === app.member.id)
  const isLink =
    !field.masked &&
    (isPointing(field) || ['email', 'phone', 'url', 'file', 'image', 'richText'].includes(field.type.name) || isMarkdown(field.definition))
  const shown = isEmpty ? (
    <span className="quiet">{canEdit ? t('record.add') : '—'}</span>
  ) : (
    <Display field={field} record={record} place="record" />
  )
  return (
    <>
      <span className="value-line">
        {isLink && !isEmpty && shown}
        {canEdit ? (
          <button type="button" className={isLink && !isEmpty ? 'value-edit beside' : 'value-edit'} onClick={() => setEditing(true)}>
            <span className="sr-only">{t('editField', { name: label(field.label) })} </span>
            {isLink && !isEmpty ? <Pencil size={13} aria-hidden /> : shown}
          </button>
        ) : (
          !(isLink && !isEmpty) && <span className="value-still">{shown}</span>
        )}
        {isCovered && !isEmpty && <RevealButton object={object} id={record.id} field={field} />}
        {(field.rule || field.rollup) && <WhyButton about={label(field.label)} ask={() => readWhy(object, record.id, field.name)} />}
      </span>
      {problem && (
        <p className="field-error" role="alert">
          <CircleAlert size={14} aria-hidden /> {problem}
        </p>
      )}
    </>
  )
}
