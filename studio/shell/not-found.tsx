import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useTitle } from '../ui/page-head.js'
import { EmptyState } from '../ui/small.js'

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation()
  useTitle(t('error.noPage'))
  return (
    <EmptyState title={t('error.noPage')} text={t('error.noPageHint')}>
      <Link className="ant-btn" to="/">
        {t('error.toHome')}
      </Link>
    </EmptyState>
  )
}
