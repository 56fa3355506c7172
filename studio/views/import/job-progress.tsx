import { Progress } from 'antd'
import type { ImportJob } from './import-data.js'
import { useTexts } from './texts.js'

/** How far a job is, in a bar and in words; `isTitled` when the page says already what runs. */
export function JobProgress({ job, title, isTitled = false }: { job: ImportJob | null | undefined; title: string; isTitled?: boolean }) {
  const { t } = useTexts()
  const { done = 0, total = null } = job?.progress ?? {}
  const share = total ? Math.min(100, Math.round((done / total) * 100)) : 0
  return (
    <div className="job-progress" role="status" aria-live="polite">
      {!isTitled && <p>{title}</p>}
      <Progress percent={share} showInfo={false} aria-label={title} />
      <p className="quiet num">{total === null ? t('job.counting') : t('job.done', { done, total })}</p>
    </div>
  )
}
