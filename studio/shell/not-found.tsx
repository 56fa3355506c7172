import { useTranslation } from 'react-i18next'
import { useTitle } from '../ui/page-head.js'
import { EmptyState } from '../ui/small.js'

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation()
  useTitle(t('error.noPage'))
  return <EmptyState isPage title={t('error.noPage')} text={t('error.noPageHint')} />
}
