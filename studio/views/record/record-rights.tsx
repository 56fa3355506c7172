import type { ObjectModel } from '@tessera/platform/model/model.js'
import { CircleHelp, Share2, Undo2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../api/app.js'
import { usePoolDeed } from '../../api/record-rights.js'
import type { RecordValues } from '../../api/records.js'
import { may } from '../../api/rights.js'
import type { MenuEntry } from '../../ui/menu.js'
import { toast, toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'

const AccessSheet = lazy(() => import('./access-sheet.js'))
const ShareSheet = lazy(() => import('./share-sheet.js'))

const queuesOf = ({ definition }: ObjectModel): readonly string[] =>
  Object.entries(definition.access?.groups ?? {}).flatMap(([name, kind]) => (kind === 'queue' ? [name] : []))

/** Whether records of an object stand in a public pool or in queues when nobody owns them. */
export const hasPool = (object: ObjectModel): boolean =>
  object.hasOwner && (object.definition.access?.pool !== undefined || queuesOf(object).length > 0)

/** Whether a record would stand there without an owner; whether the queue is the member's own, the server knows. */
const isPooled = (object: ObjectModel, record: RecordValues): boolean =>
  hasPool(object) &&
  (object.definition.access?.pool !== undefined || queuesOf(object).some(name => (record[object.fields[name]?.key ?? name] ?? '') !== ''))

/** What a record's rights let one do beside changing it: claim it or give it back, share it, ask why one sees it. */
export function useRecordRights(object: ObjectModel, record: RecordValues, title: string) {
  const { t } = useTranslation()
  const app = useApp()
  const [sheet, setSheet] = useState<'why' | 'share' | null>(null)
  const claim = usePoolDeed(object, 'claim')
  const release = usePoolDeed(object, 'release')
  const failed = { onError: (error: Error) => toastFailure(failureText(error, t)) }
  const isInPool = isPooled(object, record) && may(app, object, 'update')
  const canClaim = isInPool && record.ownerId === null
  const canRelease = isInPool && record.ownerId === app.member.id
  const entries: MenuEntry[] = [
    ...(canRelease
      ? [
          {
            key: 'release',
            label: t('pool.release'),
            icon: Undo2,
            run: () => release.mutate(record.id, { ...failed, onSuccess: () => toast(t('pool.released')) }),
          },
        ]
      : []),
    ...(object.definition.access && may(app, object, 'share')
      ? [{ key: 'share', label: t('share.menu'), icon: Share2, run: () => setSheet('share') }]
      : []),
    { key: 'why', label: t('access.why'), icon: CircleHelp, run: () => setSheet('why') },
  ]
  const close = () => setSheet(null)
  return {
    entries,
    claim: canClaim
      ? {
          isPending: claim.isPending,
          run: () => !claim.isPending && claim.mutate(record.id, { ...failed, onSuccess: () => toast(t('pool.claimed')) }),
        }
      : null,
    sheets: (
      <Suspense fallback={null}>
        {sheet === 'why' && <AccessSheet object={object} id={record.id} onClose={close} />}
        {sheet === 'share' && <ShareSheet object={object} id={record.id} title={title} onClose={close} />}
      </Suspense>
    ),
  }
}
