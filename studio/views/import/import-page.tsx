import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Check, Upload } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import { objectPath } from '../../api/addresses.js'
import { objectOf, useApp, useLabel } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import { may } from '../../api/rights.js'
import { PageHead, useTitle } from '../../ui/page-head.js'
import { EmptyState } from '../../ui/small.js'
import { ColumnsStep } from './columns-step.js'
import { DoneStep } from './done-step.js'
import { FileStep } from './file-step.js'
import { atStart, type ImportState, type StepName, steps } from './import-state.js'
import type { StepProps } from './step-props.js'
import { useTexts } from './texts.js'
import { TryStep } from './try-step.js'
import { ValuesStep } from './values-step.js'
import './columns.css'
import './import.css'
import './results.css'

/** Brings records of a file into an object. */
export default function ImportPage() {
  const { t } = useTexts()
  const app = useApp()
  const object = objectOf(app, useParams().object)
  if (!object) return <EmptyState isPage title={t('error.noObject')} text={t('error.noObjectHint')} />
  if (!may(app, object, 'import')) return <EmptyState isPage title={t('noRight')} text={t('error.forbidden')} />
  return <Wizard key={object.name} object={object} />
}

/** What somebody began stays in this tab through a reload; the server's job goes on without it. */
function useKept(object: string): [ImportState, StepProps['change']] {
  const { member } = useApp()
  const place = `tessera.import.${member.workspace.slug}.${member.id}.${object}`
  const [state, change] = useState<ImportState>(() => {
    try {
      return (JSON.parse(sessionStorage.getItem(place) ?? 'null') as ImportState | null) ?? atStart
    } catch {
      return atStart
    }
  })
  useEffect(() => sessionStorage.setItem(place, JSON.stringify(state)), [place, state])
  return [state, change]
}

const views: Record<StepName, (props: StepProps) => React.ReactNode> = {
  file: FileStep,
  columns: ColumnsStep,
  values: ValuesStep,
  try: TryStep,
  done: DoneStep,
}

function Wizard({ object }: { object: ObjectModel }) {
  const { t } = useTexts()
  const label = useLabel()
  const app = useAppName()
  const { member } = useApp()
  const [state, change] = useKept(object.name)
  const Step = views[state.step]
  useTitle(t('title', { name: label(object.pluralLabel) }), member.workspace.name)
  return (
    <>
      <PageHead title={t('title', { name: label(object.pluralLabel) })} icon={Upload}>
        <Link className="import-leave" to={objectPath(app, object.name)}>
          {t('toList')}
        </Link>
      </PageHead>
      <Progress state={state} onGo={step => change(before => ({ ...before, step }))} />
      <Step key={state.step} object={object} state={state} change={change} />
    </>
  )
}

/** Where one is; steps that are behind can be gone back to until the import runs. */
function Progress({ state, onGo }: { state: ImportState; onGo: (step: StepName) => void }) {
  const { t } = useTexts()
  const at = steps.indexOf(state.step)
  return (
    <nav aria-label={t('steps')}>
      <ol className="import-steps">
        {steps.map((step, index) => {
          const isBehind = index < at
          const name = (
            <>
              <span className="import-step-number">{isBehind ? <Check size={13} aria-hidden /> : index + 1}</span>
              <span className="import-step-name">{t(`step.${step}`)}</span>
            </>
          )
          return (
            <li key={step} aria-current={index === at ? 'step' : undefined} className={isBehind ? 'behind' : undefined}>
              {isBehind && state.job === null ? (
                <button type="button" aria-label={t(`step.${step}`)} onClick={() => onGo(step)}>
                  {name}
                </button>
              ) : (
                <span className="import-step">{name}</span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
