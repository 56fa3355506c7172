import { Button } from 'antd'
import { FlaskConical } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { leavePreview } from '../api/preview.js'
import { useSession } from '../api/session.js'

/** Says all the time that this tab shows a draft, or why it cannot, and leads back. */
export function PreviewBar() {
  const { t } = useTranslation()
  const { data } = useSession()
  const preview = data && 'preview' in data ? data.preview : undefined
  if (!preview) return null
  return (
    <div className="view-bar" role="region" aria-label={t('preview.region')}>
      <FlaskConical size={16} aria-hidden />
      <span className="grow">
        {preview.name === null ? t('preview.failed', { reason: preview.reason }) : t('preview.of', { name: preview.name })}
      </span>
      <Button size="small" onClick={leavePreview}>
        {t('preview.leave')}
      </Button>
    </div>
  )
}
