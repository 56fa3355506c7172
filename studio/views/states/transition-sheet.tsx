import { useQueryClient } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Button, Input } from 'antd'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../api/app.js'
import { type RecordValues, useRecord } from '../../api/records.js'
import { takeTransition } from '../../api/transitions.js'
import { seenFields, selectionOf } from '../../fields/selection.js'
import { linksSelection } from '../../forms/links-input.js'
import { RecordForm } from '../../forms/record-form.js'
import { useRecordForm } from '../../forms/use-record-form.js'
import { isComposing, keyName } from '../../ui/keys.js'
import { Labelled } from '../../ui/labelled.js'
import { usePhone } from '../../ui/media.js'
import { Sheet } from '../../ui/sheet.js'
import { Kbd, Problem, Skeleton } from '../../ui/small.js'
import { type AskedTransition, useAskedTransition } from './asked.js'
import './states.css'

/** The sheet of the transition that asks something, over whatever is open. */
export default function TransitionHost() {
  const asked = useAskedTransition()
  return asked ? <Loaded key={asked.key} asked={asked} /> : null
}

function Loaded({ asked }: { asked: AskedTransition }) {
  const { model } = useApp()
  const { object, offer, done } = asked
  const select = useMemo(
    () =>
      [
        selectionOf(
          object,
          seenFields(object).map(field => field.name),
          model,
        ),
        ...Object.values(object.children).flatMap(child => (offer.form.includes(child.name) ? linksSelection(child, model) : [])),
      ].join(' '),
    [object, model, offer.form],
  )
  const { data } = useRecord(object, asked.id, select)
  if (data) return <TransitionSheet asked={asked} record={data} />
  return (
    <Sheet title={offer.label} open onClose={() => done(null)}>
      <Skeleton width="100%" height={32} />
    </Sheet>
  )
}

/** The object as the form of a transition sees it: what the transition requires is required. */
const withRequired = (object: ObjectModel, names: readonly string[]): ObjectModel => ({
  ...object,
  fields: Object.fromEntries(
    Object.entries(object.fields).map(([name, field]) => [
      name,
      names.includes(name) ? { ...field, definition: { ...field.definition, required: true } } : field,
    ]),
  ),
})

const framesToWait = 60

/** Gives the focus to a part of the sheet as soon as it is drawn: inputs may still be on their way. Answers how to give up. */
function focusFirst(find: () => HTMLElement | null | undefined): () => void {
  let left = framesToWait
  let frame = 0
  const look = () => {
    const found = find()
    if (found) found.focus()
    else if (left-- > 0) frame = requestAnimationFrame(look)
  }
  frame = requestAnimationFrame(look)
  return () => cancelAnimationFrame(frame)
}

function TransitionSheet({ asked, record }: { asked: AskedTransition; record: RecordValues }) {
  const { t } = useTranslation()
  const id = useId()
  const client = useQueryClient()
  const { offer, done, select } = asked
  const [comment, setComment] = useState('')
  const [isCommentMissing, setCommentMissing] = useState(false)
  const object = useMemo(() => withRequired(asked.object, offer.requires), [asked.object, offer.requires])
  // rules see the state that it leads to: what is asked when a record is lost is asked now
  const aims = useMemo(() => ({ [offer.field]: offer.to }), [offer])
  const form = useRecordForm({
    object,
    record,
    only: offer.form,
    aims,
    select,
    send: data =>
      takeTransition(
        client,
        asked.object,
        record.id,
        { transition: offer.transition, data, comment: comment.trim() || null, version: record.version },
        select,
      ),
    onSaved: saved => done(saved),
  })
  const hasFields = offer.form.length > 0
  const body = useRef<HTMLDivElement>(null)
  const isPhone = usePhone()
  useEffect(() => {
    // a keyboard that comes up by itself would cover half of the sheet
    if (!isPhone)
      return focusFirst(() => body.current?.querySelector<HTMLElement>(hasFields ? '.record-form :is(input, textarea)' : 'textarea'))
    return undefined
  }, [isPhone, hasFields])
  const submit = () => {
    const isMissing = offer.comment === 'required' && comment.trim() === ''
    setCommentMissing(isMissing)
    if (isMissing) return
    if (hasFields) (document.getElementById(id) as HTMLFormElement | null)?.requestSubmit()
    else void form.save()
  }
  const footer = (
    <div className="quick-foot">
      <span className="grow" />
      <Button onClick={() => done(null)}>{t('cancel')}</Button>
      <Button type="primary" loading={form.isSaving} onClick={submit}>
        {offer.label} <Kbd keys="mod+enter" />
      </Button>
    </div>
  )
  return (
    <Sheet title={offer.label} open onClose={() => done(null)} footer={footer}>
      <div
        ref={body}
        className="transition-sheet"
        onKeyDown={event => {
          if (isComposing(event) || !['mod+enter', 'mod+s'].includes(keyName(event))) return
          event.preventDefault()
          submit()
        }}
      >
        {offer.confirm && <p className="transition-question">{offer.confirm}</p>}
        {hasFields ? (
          <RecordForm id={id} form={form} isQuick />
        ) : (
          (form.problems[''] ?? []).map(problem => <Problem key={problem.message} title={problem.message} text={problem.hint} />)
        )}
        {!hasFields && form.failure && <Problem title={form.failure} />}
        {offer.comment && (
          <Labelled
            className="transition-comment"
            id={`${id}-comment`}
            label={t(offer.comment === 'required' ? 'states.comment' : 'states.commentOptional')}
            error={isCommentMissing && comment.trim() === '' ? t('states.commentMissing') : undefined}
          >
            <Input.TextArea
              id={`${id}-comment`}
              autoSize={{ minRows: 3, maxRows: 8 }}
              maxLength={2000}
              value={comment}
              status={isCommentMissing && comment.trim() === '' ? 'error' : ''}
              onChange={event => setComment(event.target.value)}
            />
          </Labelled>
        )}
      </div>
    </Sheet>
  )
}
