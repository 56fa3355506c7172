import type { Conflict } from '@tessera/platform/editing/three-way.js'
import { lookup } from '@tessera/platform/registry.js'
import { Package } from 'lucide-react'
import { useState } from 'react'
import { useLocation, useNavigate, useParams } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { useTitle } from '../ui/page-head.js'
import { EmptyState, Problem, Skeleton } from '../ui/small.js'
import { toast, toastFailure } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { CheckPage } from './check-page.js'
import { CheckParts, Impact, lossesOf } from './check-parts.js'
import { type Choices, ConflictRows, useChoices } from './conflict-rows.js'
import { type PackageCheck, type PackageDeed, type Settled, usePackageCheck, usePackageDeed, usePackages } from './packages-api.js'
import { packagesPath } from './places.js'
import { useRollback } from './publishing.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

const verbs: Readonly<Record<string, PackageDeed['do'] | undefined>> = { install: 'install', remove: 'remove' }

/** What putting a package in, bringing it to another version or taking it away will do, and the button that does it. */
export default function PackagePage() {
  const { t } = useTexts()
  const { name = '', verb = '' } = useParams()
  const location = useLocation()
  const known = lookup(verbs, verb)
  if (!known) return <EmptyState isPage title={t('error.noPage')} text={t('error.noPageHint')} />
  const file = (location.state as { file?: readonly unknown[] } | null)?.file ?? null
  return <Deed deed={known === 'install' ? { do: known, name, file } : { do: known, name }} />
}

function Deed({ deed }: { deed: PackageDeed }) {
  const { t } = useTexts()
  const { member } = useApp()
  const { version } = useWorkshop()
  const title = useDeedTitle(deed)
  useTitle(title, t('studio'), member.workspace.name)
  const choices = useChoices()
  const [confirmed, setConfirmed] = useState<readonly string[]>([])
  const { data: first, error } = usePackageCheck(deed, [], version)
  const settled = settledOf(first?.conflicts ?? [], choices)
  const { data: check } = usePackageCheck(deed, settled, version)
  const { run, isPending, failure } = useRunning(deed, settled, confirmed)
  const reason = useReason(first, check, choices, confirmed)
  return (
    <CheckPage
      title={title}
      icon={Package}
      leave={{ to: packagesPath, label: t('cancel') }}
      verb={t(deed.do === 'install' ? 'packages.install' : 'packages.remove')}
      reason={reason}
      isBusy={isPending}
      onRun={() => void run()}
      aside={check && check.issues.length === 0 && <Impact check={check} />}
    >
      {(error ?? failure) && <Problem title={failureText(error ?? failure, t)} />}
      {!check && !error && <Skeleton width="100%" height={120} />}
      {first && first.conflicts.length > 0 && (
        <section aria-labelledby="package-conflicts">
          <h2 id="package-conflicts">
            {t('packages.conflicts')} <span className="num quiet">{first.conflicts.length}</span>
          </h2>
          <p className="quiet">{t('packages.conflictsHelp')}</p>
          <ConflictRows conflicts={first.conflicts} choices={choices} />
        </section>
      )}
      {check && <CheckParts check={check} confirmed={confirmed} onConfirm={setConfirmed} />}
    </CheckPage>
  )
}

function useDeedTitle({ do: verb, name }: PackageDeed): string {
  const { t } = useTexts()
  const label = useLabel()
  const { data } = usePackages()
  const state = data?.find(each => each.name === name)
  return t(verb === 'install' ? 'packages.installTitle' : 'packages.removeTitle', { name: (state && label(state.label)) || name })
}

/** What was chosen, as the server takes it. */
const settledOf = (conflicts: readonly Conflict[], choices: Choices): readonly Settled[] =>
  conflicts.filter(choices.isSettled).map(conflict => ({
    path: conflict.path,
    at: conflict.at,
    isOrder: conflict.isOrder,
    take: 'value',
    value: choices.valueAt(conflict),
  }))

/** Why it cannot be done yet. */
function useReason(
  first: PackageCheck | undefined,
  check: PackageCheck | undefined,
  choices: Choices,
  confirmed: readonly string[],
): string | undefined {
  const { t } = useTexts()
  if (!first || !check) return t('publish.checking')
  const open = first.conflicts.filter(conflict => !choices.isSettled(conflict)).length
  if (open > 0) return t('packages.settleFirst', { count: open })
  if (check.issues.length > 0) return t('publish.solveFirst', { count: check.issues.length })
  if (lossesOf(check.plan).some(step => !confirmed.includes(step.confirm ?? ''))) return t('publish.confirmFirst')
  return undefined
}

/** Does it, says so with the way back. */
function useRunning(deed: PackageDeed, settled: readonly Settled[], confirm: readonly string[]) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { version } = useWorkshop()
  const doing = usePackageDeed()
  const back = useRollback()
  const undo = async () => {
    try {
      toast(t('publish.undone', { version: (await back.mutateAsync({ to: version })).version }))
    } catch (error) {
      toastFailure(failureText(error, t))
    }
  }
  const run = async () => {
    if (doing.isPending) return
    const done = await doing.mutateAsync({ deed, settled, confirm }).catch(() => null)
    if (!done) return
    toast(t('publish.live', { version: done.version }), { seconds: 30, undo: { label: t('undo'), run: () => void undo() } })
    void navigate(packagesPath)
  }
  return { run, isPending: doing.isPending, failure: doing.error }
}
