import { elementPath } from '@tessera/platform/definitions/index.js'
import type { Label } from '@tessera/platform/label.js'
import { wordsOf } from '@tessera/platform/model/change-words.js'
import { Button, Input } from 'antd'
import { Rocket } from 'lucide-react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useApp } from '../api/app.js'
import { ApiError } from '../api/client.js'
import { confirm as askFirst } from '../ui/confirm.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Problem, Skeleton } from '../ui/small.js'
import { toast, toastFailure } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { CheckData } from './check-data.js'
import { CheckPage } from './check-page.js'
import { CheckParts, Impact, lossesOf } from './check-parts.js'
import { useConsequences } from './consequences.js'
import type { Entry } from './draft.js'
import { objectsPath, versionsPath } from './places.js'
import { type Check, type Step, useCheck, usePublish, useRollback } from './publishing.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** What publishing the draft will do, to whom, and what stands against it; then the one button. */
export default function PublishPage() {
  const { t } = useTexts()
  const { member } = useApp()
  const { count } = useWorkshop()
  useTitle(t('publish.check'), t('studio'), member.workspace.name)
  return count === 0 ? <NothingToPublish /> : <PublishDraft />
}

function NothingToPublish() {
  const { t } = useTexts()
  const { version } = useWorkshop()
  return (
    <>
      <PageHead title={t('publish.check')} icon={Rocket} />
      <EmptyState title={t('publish.nothing')} text={t('publish.nothingHint', { version })}>
        <Link className="studio-way" to={objectsPath}>
          {t('kind.object')}
        </Link>
        <Link className="studio-way" to={versionsPath}>
          {t('versions')}
        </Link>
      </EmptyState>
    </>
  )
}

/** What the server found; while it cannot plan, the differences as this browser sees them. */
function useShownCheck(): { check: Check | undefined; error: Error | null; refetch: () => void } {
  const { t } = useTexts()
  const { draft, version, changes, reordered, model, issues } = useWorkshop()
  const { data, error, refetch } = useCheck(draft.entries, version)
  const again = () => void refetch()
  if (!data) return { check: undefined, error, refetch: again }
  const told = changes.map(
    (change): Step => ({
      ...unlost,
      do: change.do,
      kind: change.kind,
      path: change.path,
      was: change.was,
      title: change.title,
      detail: wordsOf(change, model),
    }),
  )
  const plan = [...(data.plan.length > 0 ? data.plan : told), ...reordered.map(entry => reorderedStep(entry, t('step.reordered')))]
  return { check: { ...data, issues: data.issues.length > 0 ? data.issues : issues, plan }, error, refetch: again }
}

const unlost = { was: null, loses: null, count: null, confirm: null }

const reorderedStep = (entry: Entry, detail: string): Step => ({
  ...unlost,
  do: 'change',
  kind: entry.kind,
  path: elementPath(entry),
  title: (entry.after?.label as Label | undefined) ?? entry.name,
  detail,
})

/** Publishes, says so with the way back, and forgets the draft. */
function usePublishing(check: Check | undefined, confirmed: readonly string[], message: string) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { draft, version, discard } = useWorkshop()
  const publishing = usePublish()
  const back = useRollback()
  // The page is left before the answer is here, so the answers are waited for instead of being called back by it.
  const undo = async () => {
    try {
      const { version: number } = await back.mutateAsync({ to: version })
      toast(t('publish.undone', { version: number }))
    } catch (error) {
      toastFailure(failureText(error, t))
    }
  }
  const publish = async () => {
    if (!check || publishing.isPending) return
    const input = { entries: draft.entries, confirm: confirmed, expectedVersion: version, message: message.trim() || null }
    const published = await publishing.mutateAsync(input).catch(() => null)
    if (!published) return
    discard(published.version)
    const way = version > 0 ? { undo: { label: t('undo'), run: () => void undo() } } : {}
    toast(t('publish.live', { version: published.version }), { ...way, seconds: 30 })
    void navigate(versionsPath)
  }
  return { publish, publishing }
}

function PublishDraft() {
  const { t } = useTexts()
  const { draft, version, count, conflicts, discard } = useWorkshop()
  const { check, error, refetch } = useShownCheck()
  const { data: consequences, error: unasked } = useConsequences(draft.entries, version)
  const [confirmed, setConfirmed] = useState<readonly string[]>([])
  const [message, setMessage] = useState('')
  const { publish, publishing } = usePublishing(check, confirmed, message)
  const open = lossesOf(check?.plan ?? []).filter(step => !confirmed.includes(step.confirm ?? ''))
  const reason = !check
    ? t('publish.checking')
    : conflicts.length > 0
      ? t('publish.conflict')
      : check.issues.length > 0
        ? t('publish.solveFirst', { count: check.issues.length })
        : open.length > 0
          ? t('publish.confirmFirst')
          : undefined
  const giveUp = async () => {
    if (await askFirst({ title: t('draft.discardTitle', { count }), body: t('draft.discardBody'), verb: t('draft.discard'), danger: true }))
      discard()
  }
  return (
    <CheckPage
      title={t('publish.check')}
      icon={Rocket}
      leave={{ to: draft.last?.path ? '/studio' : objectsPath, label: t('publish.keepEditing') }}
      verb={t('publish')}
      reason={reason}
      isBusy={publishing.isPending}
      onRun={() => void publish()}
      aside={check?.readings && <Impact check={check} consequences={unasked ? null : consequences} isDraft />}
    >
      {publishing.error && <PublishFailure error={publishing.error} onAgain={refetch} />}
      {!check && !error && <CheckSkeleton />}
      {error && (
        <Problem title={failureText(error, t)}>
          <Button onClick={refetch}>{t('retry')}</Button>
        </Problem>
      )}
      {check && (
        <CheckParts check={check} confirmed={confirmed} onConfirm={setConfirmed}>
          {(check.issues.length === 0 || (consequences?.data ?? []).length > 0) && !unasked && <CheckData found={consequences?.data} />}
        </CheckParts>
      )}
      {unasked && <Problem title={t('check.failed')} text={failureText(unasked, t)} />}
      <section className="publish-message">
        <label htmlFor="publish-message">{t('publish.message')}</label>
        <Input
          id="publish-message"
          value={message}
          maxLength={200}
          placeholder={t('publish.messageHint')}
          onChange={event => setMessage(event.target.value)}
        />
      </section>
      <Button type="text" danger onClick={() => void giveUp()}>
        {t('draft.discard')}
      </Button>
    </CheckPage>
  )
}

function PublishFailure({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const { t } = useTexts()
  const more = error instanceof ApiError ? error.issues.slice(1) : []
  return (
    <Problem title={failureText(error, t)} text={more.map(issue => issue.message).join(' ')}>
      <Button size="small" onClick={onAgain}>
        {t('publish.checkAgain')}
      </Button>
    </Problem>
  )
}

const CheckSkeleton = () => (
  <div className="studio-skeleton" aria-hidden>
    {[60, 52, 68, 44].map(width => (
      <Skeleton key={width} width={`${width}%`} height={40} />
    ))}
  </div>
)
