import { Button } from 'antd'
import { Eye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../api/app.js'
import { useEndView } from '../api/session.js'
import { toastFailure } from '../ui/toast.js'
import { failureText } from '../views/failure.js'

/** Says all the time that an admin looks through the eyes of a member, and leads back. */
export function ViewBar() {
  const { t } = useTranslation()
  const { member, locale, timeZone } = useApp()
  const end = useEndView()
  if (!member.viewing) return null
  const until = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone, hourCycle: 'h23' }).format(
    new Date(member.viewing.until),
  )
  return (
    <div className="view-bar" role="region" aria-label={t('view.region')}>
      <Eye size={16} aria-hidden />
      <span className="grow">{t('view.as', { name: member.name, until })}</span>
      <Button
        size="small"
        loading={end.isPending}
        onClick={() => end.mutate(undefined, { onError: error => toastFailure(failureText(error, t)) })}
      >
        {t('view.end')}
      </Button>
    </div>
  )
}
