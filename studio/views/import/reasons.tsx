import { Download } from 'lucide-react'
import type { ImportJob, Reason } from './import-data.js'
import { useTexts } from './texts.js'

/** Why rows were refused, the most frequent first, and all of them as a file. */
export function Reasons({ job, onTake }: { job: ImportJob; onTake?: ((reason: Reason, value: string) => void) | undefined }) {
  const { t } = useTexts()
  if (job.reasons.length === 0) return null
  return (
    <section className="reasons" aria-labelledby="reasons">
      <div className="reasons-head">
        <h3 id="reasons">{t('reasons.title')}</h3>
        <span className="grow" />
        {job.errorsFile && (
          <a className="import-leave" href={`/files/${job.errorsFile}`} download>
            <Download size={14} aria-hidden /> {t('reasons.download')}
          </a>
        )}
      </div>
      <table className="import-table">
        <thead>
          <tr>
            <th scope="col">{t('values.column')}</th>
            <th scope="col">{t('values.value')}</th>
            <th scope="col">{t('reasons.why')}</th>
            <th scope="col" className="right">
              {t('values.rows')}
            </th>
          </tr>
        </thead>
        <tbody>
          {job.reasons.map(reason => (
            <ReasonRow key={`${reason.code} ${reason.column} ${reason.value}`} reason={reason} onTake={onTake} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function ReasonRow({ reason, onTake }: { reason: Reason; onTake?: ((reason: Reason, value: string) => void) | undefined }) {
  const { t } = useTexts()
  return (
    <tr>
      <td>{reason.column || '—'}</td>
      <td className="strong">{reason.value ?? t('reasons.others')}</td>
      <td>
        <div>{reason.message}</div>
        <div className="quiet">{reason.hint}</div>
        {onTake && reason.suggestion !== null && reason.value !== null && (
          <button type="button" className="link-button" onClick={() => onTake(reason, reason.suggestion ?? '')}>
            {t('values.take', { name: reason.suggestion })}
          </button>
        )}
      </td>
      <td className="right num">{reason.count.toLocaleString('en')}</td>
    </tr>
  )
}
