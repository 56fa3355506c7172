import { Button } from 'antd'
import { History } from 'lucide-react'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useApp } from '../api/app.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Problem, Skeleton } from '../ui/small.js'
import { toast, toastFailure } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { CheckParts, Impact, lossesOf } from './check-parts.js'
import { versionsPath } from './places.js'
import { useRollback, useRollbackCheck } from './publishing.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** What going back to a version will do, and the button that does it. */
export default function RollbackPage() {
  const { t } = useTexts()
  const { member } = useApp()
  const to = Number(useParams().number)
  useTitle(t('versions.rollBackTo', { version: to }), t('studio'), member.workspace.name)
  return Number.isInteger(to) && to > 0 ? <Rollback to={to} /> : <EmptyState title={t('error.noPage')} text={t('error.noPageHint')} />
}

function Rollback({ to }: { to: number }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { version } = useWorkshop()
  const { data: check, error } = useRollbackCheck(to, version)
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
    <>
      <PageHead title={t('versions.rollBackTo', { version: to })} icon={History}>
        {reason && <span className="publish-reason quiet">{reason}</span>}
        <Link className="studio-way desk" to={versionsPath}>
          {t('cancel')}
        </Link>
        <Button type="primary" disabled={reason !== undefined} loading={rollback.isPending} onClick={() => void run()}>
          {t('versions.rollBack')}
        </Button>
      </PageHead>
      <div className="publish-page scroll-page">
        <div className="publish-main">
          {reason && <p className="publish-reason quiet">{reason}</p>}
          {(error ?? rollback.error) && <Problem title={failureText(error ?? rollback.error, t)} />}
          {!check && !error && <Skeleton width="100%" height={120} />}
          {check && (
            <CheckParts
              check={check}
              confirmed={confirmed}
              onConfirm={(key, yes) => setConfirmed(before => (yes ? [...before, key] : before.filter(each => each !== key)))}
            />
          )}
        </div>
        {check && <Impact check={check} />}
      </div>
    </>
  )
}
