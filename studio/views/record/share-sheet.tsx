import { formatDateTime } from '@tessera/platform/fields/reading.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Button, Segmented, Select } from 'antd'
import { Trash2 } from 'lucide-react'
import { type FormEvent, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import { ApiError } from '../../api/client.js'
import { useGroups } from '../../api/groups.js'
import { type Share, useShare, useShares, useUnshare } from '../../api/record-rights.js'
import { useMembers } from '../../api/records.js'
import { MomentInput } from '../../fields/lazy-inputs.js'
import { Labelled } from '../../ui/labelled.js'
import { Sheet } from '../../ui/sheet.js'
import { IconButton, Problem, Skeleton } from '../../ui/small.js'
import { toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'
import './access.css'

interface ShareSheetProps {
  object: ObjectModel
  id: string
  title: string
  onClose: () => void
}

/** With whom a record is shared, and sharing it with somebody more. */
export default function ShareSheet({ object, id, title, onClose }: ShareSheetProps) {
  const { t } = useTranslation()
  const { data, error } = useShares(object, id)
  return (
    <Sheet title={t('share.title', { name: title })} open onClose={onClose}>
      <ShareForm object={object} id={id} />
      <h3 className="share-list-title">{t('share.with')}</h3>
      {error && <Problem title={failureText(error, t)} />}
      {!data && !error && <Skeleton width="60%" />}
      {data?.length === 0 && <p className="field-help">{t('share.none')}</p>}
      <ul className="share-list">
        {data?.map(share => (
          <ShareRow key={share.id} object={object} id={id} share={share} />
        ))}
      </ul>
    </Sheet>
  )
}

/** Members and groups by their ids. */
function useGrantees() {
  const { t } = useTranslation()
  const label = useLabel()
  const { member } = useApp()
  const people = useMembers()
  const groups = useGroups()
  return [
    ...(people.data ?? []).filter(({ id }) => id !== member.id).map(({ id, name, email }) => ({ value: id, label: `${name} · ${email}` })),
    ...(groups.data ?? []).map(({ id, kind, name, label: title }) => ({
      value: id,
      label: `${t(`share.kind.${kind}`)} · ${label(title) || name}`,
    })),
  ]
}

function ShareForm({ object, id }: Pick<ShareSheetProps, 'object' | 'id'>) {
  const { t } = useTranslation()
  const options = useGrantees()
  const share = useShare(object, id)
  const [grantee, setGrantee] = useState<string | null>(null)
  const [level, setLevel] = useState<'read' | 'edit'>('read')
  const [until, setUntil] = useState<string | null>(null)
  const [isTried, setTried] = useState(false)
  const issueAt = (path: string) =>
    share.error instanceof ApiError ? share.error.issues.find(issue => issue.path === path)?.message : undefined
  const isElsewhere = share.error && !['with', 'level', 'until'].some(issueAt)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (grantee === null || share.isPending) return
    const done = () => {
      setGrantee(null)
      setUntil(null)
      setTried(false)
    }
    share.mutate({ with: grantee, level, until }, { onSuccess: done })
  }
  return (
    <form onSubmit={submit} noValidate>
      {isElsewhere && <Problem title={failureText(share.error, t)} />}
      <Labelled
        className="labelled"
        id="share-with"
        label={t('share.who')}
        error={isTried && grantee === null ? t('share.choose') : issueAt('with')}
      >
        <Select
          id="share-with"
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('share.whoHint')}
          value={grantee}
          onChange={setGrantee}
          options={options}
          style={{ width: '100%' }}
        />
      </Labelled>
      <Labelled className="labelled" id="share-level" label={t('share.level')} error={issueAt('level')}>
        <Segmented
          id="share-level"
          aria-label={t('share.level')}
          value={level}
          onChange={setLevel}
          options={(['read', 'edit'] as const).map(value => ({ value, label: t(`share.level.${value}`) }))}
        />
      </Labelled>
      <Labelled className="labelled" id="share-until" label={t('share.until')} help={t('share.untilHelp')} error={issueAt('until')}>
        <Suspense fallback={<Skeleton width="100%" height={32} />}>
          <MomentInput id="share-until" value={until} onChange={setUntil} />
        </Suspense>
      </Labelled>
      <div className="share-buttons">
        <Button type="primary" htmlType="submit" loading={share.isPending}>
          {t('share.verb')}
        </Button>
      </div>
    </form>
  )
}

function ShareRow({ object, id, share }: Pick<ShareSheetProps, 'object' | 'id'> & { share: Share }) {
  const { t } = useTranslation()
  const { locale, timeZone } = useApp()
  const name = useGrantees().find(({ value }) => value === share.grantee)?.label ?? t('me')
  const unshare = useUnshare(object, id)
  const notes = [
    t(`share.level.${share.level}`),
    ...(share.until ? [t('share.untilAt', { at: formatDateTime(share.until, locale, timeZone) })] : []),
  ]
  return (
    <li>
      <div className="share-text">
        <span className="cut">{name}</span>
        <span className="quiet num">{notes.join(' · ')}</span>
      </div>
      <IconButton
        icon={Trash2}
        label={t('share.takeBack', { name })}
        onClick={() => !unshare.isPending && unshare.mutate(share.grantee, { onError: error => toastFailure(failureText(error, t)) })}
      />
    </li>
  )
}
