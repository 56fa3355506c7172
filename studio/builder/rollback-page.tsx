import { History } from 'lucide-react'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useApp } from '../api/app.js'
import { useTitle } from '../ui/page-head.js'
import { EmptyState, Problem, Skeleton } from '../ui/small.js'
import { toast, toastFailure } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { CheckData } from './check-data.js'
import { WrittenMeanwhile } from './check-meanwhile.js'
import { CheckPage } from './check-page.js'
import { CheckParts, Impact, lossesOf } from './check-parts.js'
import { useRollbackConsequences } from './consequences.js'
import { versionsPath } from './places.js'
import { useRollback, useRollbackCheck } from './publishing.js'
import { useTexts } from './texts.js'

/** What going back to a version will do, and the button that does it. */
export default function RollbackPage() {
  const { t } = useTexts()
  const { member } = useApp()
  const to = Number(useParams().number)
  useTitle(t('versions.rollBackTo', { version: to }), t('studio'), member.workspace.name)
  return Number.isInteger(to) && to > 0 ? (
    <Rollback to={to} />
  ) : (
    <EmptyState isPage title={t('error.noPage')} text={t('error.noPageHint')} />
  )
}

function Rollback({ to }: { to: number }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { version } = useApp()
  const { data: check, error } = useRollbackCheck(to, version)
  const { data: consequences, error: unasked } = useRollbackConsequences(to, version)
  const [confirmed, setConfirmed] = useState<readonly string[]>([])
  const rollback = useRollback()
  const open = lossesOf(check?.plan ?? []).filter(step => !confirmed.includes(step.confirm ?? ''))
  const reason = !check
    ? t('publish.checking')
    : check.issues.length > 0
      ? t('publish.solveFirst', { count: check.issues.length })
      : open.length > 0
        ? t('publish.confirmFirst')
        : undefined
  const undo = async () => {
    try {
      const { version: number } = await rollback.mutateAsync({ to: version })
      toast(t('publish.undone', { version: number }))
    } catch (failure) {
      toastFailure(failureText(failure, t))
    }
  }
  const run = async () => {
    if (rollback.isPending) return
    const published = await rollback.mutateAsync({ to, confirm: confirmed }).catch(() => null)
    if (!published) return
    toast(t('publish.live', { version: published.version }), { seconds: 30, undo: { label: t('undo'), run: () => void undo() } })
    void navigate(versionsPath)
  }
  return (
    <CheckPage
      title={t('versions.rollBackTo', { version: to })}
      icon={History}
      leave={{ to: versionsPath, label: t('cancel') }}
      verb={t('versions.rollBack')}
      reason={reason}
      isBusy={rollback.isPending}
      onRun={() => void run()}
      aside={check?.readings && <Impact check={check} consequences={unasked ? null : consequences} />}
    >
      {(error ?? rollback.error) && <Problem title={failureText(error ?? rollback.error, t)} />}
      {!check && !error && <Skeleton width="100%" height={120} />}
      {check && (
        <CheckParts check={check} confirmed={confirmed} onConfirm={setConfirmed}>
          {!unasked && <WrittenMeanwhile written={consequences?.meanwhile} to={to} />}
          {(check.issues.length === 0 || (consequences?.data ?? []).length > 0) && !unasked && <CheckData found={consequences?.data} />}
        </CheckParts>
      )}
      {unasked && <Problem title={t('check.failed')} text={failureText(unasked, t)} />}
    </CheckPage>
  )
}
