import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Alert, Button } from 'antd'
import { CircleAlert, X } from 'lucide-react'
import { lazy, Suspense, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useParams } from 'react-router'
import { objectPath, recordPath } from '../../api/addresses.js'
import { objectOf, useApp, useLabel } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import type { RecordValues } from '../../api/records.js'
import type { Values } from '../../fields/face.js'
import { forgetDraft, keepDraft, readDraft } from '../../forms/drafts.js'
import { focusProblem, RecordForm } from '../../forms/record-form.js'
import { useRecordForm } from '../../forms/use-record-form.js'
import { iconOf } from '../../ui/icons.js'
import { isComposing, keyName } from '../../ui/keys.js'
import { PageHead, useTitle } from '../../ui/page-head.js'
import { EmptyState, IconButton, Kbd, Skeleton } from '../../ui/small.js'
import { toast } from '../../ui/toast.js'
import { ListFailed } from '../list/list-empty.js'
import { trailBack } from '../trail.js'
import { LeaveQuestion } from './leave-question.js'
import { useWholeRecord } from './record-data.js'
import { useChangedBy } from './record-live.js'

const ConflictSheet = lazy(() => import('./conflict-sheet.js').then(module => ({ default: module.ConflictSheet })))

/** One record in its form, to make it or to change it. */
export default function FormPage() {
  const { t } = useTranslation()
  const { object: name, id } = useParams()
  const object = objectOf(useApp(), name)
  if (!object) return <EmptyState isPage title={t('error.noObject')} text={t('error.noObjectHint')} />
  return id ? <Editing key={id} object={object} id={id} /> : <Filled key={object.name} object={object} record={null} select="id version" />
}

function Editing({ object, id }: { object: ObjectModel; id: string }) {
  const { t } = useTranslation()
  const label = useLabel()
  const { select, query } = useWholeRecord(object, id)
  if (query.isPending) return <FormSkeleton />
  if (query.error) return <ListFailed error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <EmptyState isPage title={t('record.gone', { name: label(object.label) })} text={t('record.goneHint')} />
  return <Filled object={object} record={query.data} select={select} />
}

const FormSkeleton = () => (
  <div className="form-page" aria-busy="true">
    <div className="form-scroll">
      <div className="form-column record-skeleton">
        {['a', 'b', 'c', 'd', 'e'].map(each => (
          <Skeleton key={each} width="100%" height={32} />
        ))}
      </div>
    </div>
  </div>
)

interface FilledProps {
  object: ObjectModel
  record: RecordValues | null
  select: string
}

function Filled({ object, record: read, select }: FilledProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const app = useApp()
  const name = useAppName()
  const navigate = useNavigate()
  const id = useId()
  const page = useRef<HTMLDivElement>(null)
  // The record as it was when the form was opened: what comes meanwhile must not change what is typed.
  const [record] = useState(read)
  const { initial, isTyped } = useInitial()
  const isLeaving = useRef(false)
  const back = record ? recordPath(name, object.name, record.id) : (trailBack(object.name) ?? objectPath(name, object.name))
  const leave = (to: string) => {
    isLeaving.current = true
    void navigate(to, { replace: true })
  }
  const onSaved = (saved: RecordValues) => {
    forgetDraft(object.name, record?.id)
    toast(t(record ? 'form.saved' : 'form.created', { name: label(object.label) }))
    leave(recordPath(name, object.name, saved.id))
  }
  const form = useRecordForm({ object, record, initial, select, onSaved })
  const isDirty = form.isDirty || isTyped
  const title = t(record ? 'form.edit' : 'form.new', { name: label(object.label) })
  useTitle(title, app.member.workspace.name)
  const submit = () => (document.getElementById(id) as HTMLFormElement | null)?.requestSubmit()
  useEffect(() => {
    if (isDirty && !isLeaving.current) keepDraft(object.name, record?.id, form.values)
  }, [isDirty, form.values, object.name, record?.id])
  return (
    <div
      ref={page}
      className="form-page"
      onKeyDown={event => {
        if (isComposing(event) || !['mod+enter', 'mod+s'].includes(keyName(event))) return
        event.preventDefault()
        submit()
      }}
    >
      <PageHead title={title} icon={iconOf(object.icon)}>
        {isDirty && (
          <span className="unsaved" role="status">
            <span className="dot" /> <span>{t('form.unsaved')}</span>
          </span>
        )}
        <IconButton icon={X} label={t('close')} onClick={() => void navigate(back)} />
      </PageHead>
      <div className="form-scroll">
        <div className="form-column">
          <ChangedNote object={object} record={record} />
          <DraftOffer object={object} id={record?.id} isDirty={isDirty} onTake={form.change} />
          <RecordForm id={id} form={form} />
        </div>
      </div>
      <footer className="form-foot">
        {form.problemCount > 0 && (
          <button type="button" className="attention" onClick={() => focusProblem(page.current)}>
            <CircleAlert size={16} aria-hidden /> {t('form.attention', { count: form.problemCount })}
          </button>
        )}
        <span className="grow" />
        <Button onClick={() => void navigate(back)}>{t('cancel')}</Button>
        <Button type="primary" loading={form.isSaving} onClick={submit}>
          {t(record ? 'save' : 'create')} <Kbd keys="mod+enter" />
        </Button>
      </footer>
      <LeaveQuestion
        isDirty={isDirty}
        isLeaving={isLeaving}
        onSave={async () => (await form.save()) !== undefined}
        onDiscard={() => forgetDraft(object.name, record?.id)}
      />
      {form.conflict && record && (
        <Suspense fallback={null}>
          <ConflictSheet object={object} record={record} form={form} select={select} />
        </Suspense>
      )}
    </div>
  )
}

/** Says that somebody else changed what is being edited; saving asks whose values stay. */
function ChangedNote({ object, record }: { object: ObjectModel; record: RecordValues | null }) {
  const { t } = useTranslation()
  const changed = useChangedBy(object, record)
  return (
    <div role="status">
      {changed && (
        <Alert className="changed-note" type="info" showIcon title={t('live.changedBy', { who: changed.who ?? t('history.system') })} />
      )}
    </div>
  )
}

/** Values that came with the address: a new record may begin with some, and they may have been typed before. */
function useInitial(): { initial: Values; isTyped: boolean } {
  const { state } = useLocation()
  return useMemo(() => {
    const given = state as { values?: Values; isTyped?: boolean } | null
    return { initial: given?.values ?? {}, isTyped: given?.isTyped === true }
  }, [state])
}

interface DraftOfferProps {
  object: ObjectModel
  id: string | undefined
  isDirty: boolean
  onTake: (values: Values) => void
}

/** What was typed before and not saved, offered back. */
function DraftOffer({ object, id, isDirty, onTake }: DraftOfferProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(() => readDraft(object.name, id))
  if (!draft || isDirty) return null
  return (
    <div className="draft-offer" role="status">
      <span className="grow">{t('form.draft')}</span>
      <Button
        size="small"
        onClick={() => {
          onTake(draft)
          setDraft(undefined)
        }}
      >
        {t('restore')}
      </Button>
      <Button
        size="small"
        type="text"
        onClick={() => {
          forgetDraft(object.name, id)
          setDraft(undefined)
        }}
      >
        {t('discard')}
      </Button>
    </div>
  )
}
