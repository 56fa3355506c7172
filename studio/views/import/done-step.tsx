import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { objectPath } from '../../api/addresses.js'
import { useLabel } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import { rereadRecords } from '../../api/writes.js'
import { Problem } from '../../ui/small.js'
import { type ImportJob, isOver, useImportJob } from './import-data.js'
import { atStart } from './import-state.js'
import { JobProgress } from './job-progress.js'
import { Reasons } from './reasons.js'
import { StepFrame } from './step-frame.js'
import type { StepProps } from './step-props.js'
import { useTexts } from './texts.js'

/** The import as it runs on the server, with or without this page; then what came of it. */
export function DoneStep({ object, state, change }: StepProps) {
  const { t } = useTexts()
  const label = useLabel()
  const app = useAppName()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { data: job } = useImportJob(state.job)
  const over = isOver(job) && job ? job : null
  useEffect(() => {
    if (over) rereadRecords(client)
  }, [over, client])
  return (
    <StepFrame
      title={over ? t('done.title') : t('done.running')}
      text={over ? undefined : t('done.leave')}
      foot={
        over && (
          <>
            <Button onClick={() => change(over.result.refused > 0 ? { ...state, step: 'columns', trial: null, job: null } : atStart)}>
              {over.result.refused > 0 ? t('done.refusedAgain') : t('done.another')}
            </Button>
            <span className="grow" />
            <Button
              type="primary"
              onClick={() => {
                change(atStart)
                void navigate(objectPath(app, object.name))
              }}
            >
              {t('done.open', { name: label(object.pluralLabel) })}
            </Button>
          </>
        )
      }
    >
      {!over && <JobProgress job={job} title={t('done.running')} isTitled />}
      {over && <Result job={over} />}
    </StepFrame>
  )
}

function Result({ job }: { job: ImportJob }) {
  const { t } = useTexts()
  const { created, updated, unchanged, refused } = job.result
  return (
    <>
      {job.state === 'failed' && <Problem title={t('job.failed')} text={job.error ?? undefined} />}
      <dl className="import-result num">
        {Object.entries({ created, updated, unchanged, refused }).map(([name, count]) => (
          <div key={name} className={name === 'refused' && count > 0 ? 'refused' : undefined}>
            <dt>{t(`result.${name}`)}</dt>
            <dd>{count.toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      <Reasons job={job} />
    </>
  )
}
