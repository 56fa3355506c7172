import { useQueryClient } from '@tanstack/react-query'
import { formatDate, formatDateTime } from '@tessera/platform/fields/reading.js'
import { dayOf } from '@tessera/platform/fields/zone.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button } from 'antd'
import { Link } from 'react-router'
import { recordPath } from '../api/addresses.js'
import { useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { may } from '../api/rights.js'
import { writesOf } from '../api/writes.js'
import { confirm } from '../ui/confirm.js'
import { Problem } from '../ui/small.js'
import { toast, toastFailure } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { type DeletedRecords, type Deletion, mostCounted, type RestoreConflict, type Restored, usePurge, useRestore } from './bin.js'
import { useTexts } from './oversight-texts.js'

/** One deletion: what, with what, by whom and until when; and the way back. */
export function BinRow({ deletion }: { deletion: Deletion }) {
  const { t } = useTexts()
  const { locale, timeZone, member } = useApp()
  const words = useDeletedWords()
  const restore = useRestore()
  const deleteAgain = useDeleteAgain()
  const purge = usePurge()
  const { id, at, until, actor, deleted } = deletion
  const name = words.name(deleted)
  const along = words.along(deleted)
  const done = (restored: readonly Restored[]) => {
    if (restored.length === 0) return
    toast(t('bin.restored', { name }), { undo: { label: t('undo'), run: () => void deleteAgain(restored, name) }, seconds: 30 })
  }
  const run = () => {
    if (!restore.isPending) restore.mutate(id, { onSuccess: ({ restored }) => done(restored) })
  }
  const askPurge = async () => {
    const question = { title: t('bin.purgeAsk', { name }), body: t('bin.purgeBody'), verb: t('bin.purge'), danger: true }
    if (await confirm(question)) purge.mutate({ deletion: id }, { onSuccess: count => toast(t('bin.emptied', { count })) })
  }
  const notes = [
    ...(along ? [t('bin.with', { what: along })] : []),
    t('bin.by', { name: actor?.name ?? 'Tessera', at: formatDateTime(at, locale, timeZone) }),
    t('bin.until', { day: formatDate(dayOf(until, timeZone), locale) }),
  ]
  const isRestorable = deleted.every(({ count, restorable }) => count === 0 || restorable)
  return (
    <li className="bin-row">
      <div className="bin-line">
        <div className="account-row-text">
          <span className="bin-name">{name}</span>
          <span className="quiet">{notes.join(' · ')}</span>
          {!isRestorable && <span className="quiet">{t('bin.noRight')}</span>}
        </div>
        {member.admin && (
          <Button type="text" onClick={() => void askPurge()} loading={purge.isPending} aria-label={t('bin.purgeNamed', { name })}>
            {t('bin.purge')}
          </Button>
        )}
        {isRestorable && (
          <Button onClick={run} loading={restore.isPending} aria-label={t('bin.restoreNamed', { name })}>
            {t('bin.restore')}
          </Button>
        )}
      </div>
      {restore.error && <Problem title={t('bin.notRestored')} text={failureText(restore.error, t)} />}
      {purge.error && <Problem title={t('bin.purge')} text={failureText(purge.error, t)} />}
      {restore.data && <Conflicts conflicts={restore.data.conflicts} />}
    </li>
  )
}

/** What keeps a deletion from coming back, each with what to do. */
function Conflicts({ conflicts }: { conflicts: readonly RestoreConflict[] }) {
  const { t } = useTexts()
  const app = useAppName()
  const { model } = useApp()
  if (conflicts.length === 0) return null
  return (
    <div className="bin-conflicts" role="alert">
      <strong>{t('bin.conflicts', { count: conflicts.length })}</strong>
      <ul>
        {conflicts.map(({ object, id, title, message, hint, other }) => (
          <li key={`${object} ${id} ${message}`}>
            {title && <b>{title}</b>} {message} {hint}{' '}
            {other && lookup(model.objects, other.object) && (
              <Link to={recordPath(app, other.object, other.id)}>{t('bin.open', { name: other.title ?? t('bin.nameless') })}</Link>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** How deletions are called: by the titles of few records, else by how many of what. */
function useDeletedWords() {
  const { t } = useTexts()
  const label = useLabel()
  const { model } = useApp()
  const counted = (name: string, count: number): string => {
    const object = lookup(model.objects, name)
    const word = object ? label(count === 1 ? object.label : object.pluralLabel) : name
    return t(count >= mostCounted ? 'bin.most' : 'bin.many', { count, name: word })
  }
  const join = (parts: readonly string[]): string => parts.reduce((first, rest) => t('bin.andMore', { name: first, rest }))
  return {
    name: (deleted: readonly DeletedRecords[]): string => {
      const parts = deleted
        .filter(({ count }) => count > 0)
        .map(({ object, count, records }) => (count === 1 ? (records[0]?.title ?? counted(object, count)) : counted(object, count)))
      return parts.length > 0 ? join(parts) : t('bin.nameless')
    },
    along: (deleted: readonly DeletedRecords[]): string | null => {
      const parts = deleted.filter(({ along }) => along > 0).map(({ object, along }) => counted(object, along))
      return parts.length > 0 ? join(parts) : null
    },
  }
}

/** The way back from a restoration: the records that were asked for once are deleted again. */
function useDeleteAgain() {
  const { t } = useTexts()
  const app = useApp()
  const client = useQueryClient()
  return async (restored: readonly Restored[], name: string) => {
    try {
      for (const { object: of, ids } of restored) {
        const object = lookup(app.model.objects, of)
        if (!object) continue
        const writes = writesOf(client, object, app.model)
        if (may(app, object, 'bulk')) await writes.remove(ids)
        else for (const id of ids) await writes.remove([id])
      }
      toast(t('bin.again', { name }))
    } catch (error) {
      toastFailure(failureText(error, t))
    }
    await client.invalidateQueries({ queryKey: ['bin'] })
  }
}
