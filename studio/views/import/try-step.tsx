import { Button, Checkbox } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Problem } from '../../ui/small.js'
import { failureText } from '../failure.js'
import { beginImport, type ImportJob, isOver, type Reason, useImportJob } from './import-data.js'
import { taken } from './import-state.js'
import { JobProgress } from './job-progress.js'
import { Reasons } from './reasons.js'
import { StepFrame } from './step-frame.js'
import type { StepProps } from './step-props.js'
import { useTexts } from './texts.js'

/** Begins the dry run of a mapping once; a mapping that changed is tried again on request. */
function useTrial({ object, state, change }: StepProps) {
  const [error, setError] = useState<unknown>(null)
  const began = useRef(false)
  const { data: job } = useImportJob(state.trial)
  const begin = async (acceptWarnings = false) => {
    if (state.file === null) return
    setError(null)
    try {
      const trial = await beginImport({
        object: object.name,
        file: state.file.id,
        mapping: state.mapping,
        match: state.match,
        dryRun: true,
        acceptWarnings,
      })
      change(before => ({ ...before, trial }))
    } catch (failure) {
      setError(failure)
    }
  }
  const latest = useRef(begin)
  useEffect(() => {
    latest.current = begin
  })
  useEffect(() => {
    if (began.current || state.trial !== null) return
    began.current = true
    void latest.current()
  }, [state.trial])
  return { job, error, begin }
}

const readyOf = ({ result: { created, updated, unchanged } }: ImportJob): number => created + updated + unchanged

/** Goes through all rows without writing: how many are ready, and why the others are not. */
export function TryStep(props: StepProps) {
  const { object, state, change } = props
  const { t } = useTexts()
  const { job, error, begin } = useTrial(props)
  const [failure, setFailure] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const [accepts, setAccepts] = useState(false)
  const isStale = state.trial === null && !error
  const run = async () => {
    if (isBusy || state.file === null) return
    setBusy(true)
    try {
      const id = await beginImport({
        object: object.name,
        file: state.file.id,
        mapping: state.mapping,
        match: state.match,
        dryRun: false,
        acceptWarnings: accepts,
      })
      change(before => ({ ...before, step: 'done', job: id }))
    } catch (problem) {
      setFailure(problem)
      setBusy(false)
    }
  }
  const take = (reason: Reason, value: string) => change(taken(state, object, reason.column, reason.value ?? '', value))
  const over = state.trial !== null && isOver(job) && job ? job : null
  const shown = useLastResult(over)
  const warns = accepts || shown?.reasons.some(({ severity }) => severity === 'warning') === true
  const accept = (on: boolean) => {
    setAccepts(on)
    void begin(on)
  }
  return (
    <StepFrame
      title={t('try.title')}
      foot={
        <>
          <Button onClick={() => change({ ...state, step: 'values' })}>{t('back')}</Button>
          <span className="grow quiet">{over && readyOf(over) === 0 ? t('try.noneReady') : ''}</span>
          {(isStale && shown) || error ? (
            <Button type="primary" onClick={() => void begin(accepts)}>
              {t('try.again')}
            </Button>
          ) : (
            <Button type="primary" loading={isBusy} disabled={!over || readyOf(over) === 0} onClick={() => void run()}>
              {over ? t('try.import', { count: readyOf(over) }) : t('import')}
            </Button>
          )}
        </>
      }
    >
      {Boolean(error ?? failure) && <Problem title={failureText(error ?? failure, t)} />}
      {state.trial !== null && !over && <JobProgress job={job} title={t('try.running')} />}
      {warns && (
        <Checkbox checked={accepts} onChange={event => accept(event.target.checked)}>
          {t('try.acceptWarnings')}
        </Checkbox>
      )}
      {shown && (over || isStale) && <TrialResult job={shown} isStale={isStale} onTake={take} />}
    </StepFrame>
  )
}

/** The last result stays readable while its mapping is being changed. */
function useLastResult(job: ImportJob | null): ImportJob | null {
  const last = useRef<ImportJob | null>(null)
  if (job) last.current = job
  return last.current
}

function TrialResult({ job, isStale, onTake }: { job: ImportJob; isStale: boolean; onTake: (reason: Reason, value: string) => void }) {
  const { t } = useTexts()
  if (job.state === 'failed') return <Problem title={t('job.failed')} text={job.error ?? undefined} />
  return (
    <>
      <p className="import-numbers num" role="status">
        <b>{t('try.ready', { count: readyOf(job) })}</b>
        <span className={job.result.refused > 0 ? 'refused' : 'quiet'}>{t('try.refused', { count: job.result.refused })}</span>
      </p>
      <p className="quiet num">
        {t('try.detail', { created: job.result.created, updated: job.result.updated, unchanged: job.result.unchanged })}
      </p>
      {isStale && <p className="stale">{t('try.stale')}</p>}
      <Reasons job={job} onTake={onTake} />
    </>
  )
}
