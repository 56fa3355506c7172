import { useTranslation } from 'react-i18next'
import { LinkButton } from '../ui/link-button.js'
import { useTitle } from '../ui/page-head.js'
import { EmptyState } from '../ui/small.js'

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation()
  useTitle(t('error.noPage'))
  return (
    <EmptyState title={t('error.noPage')} text={t('error.noPageHint')}>
      <LinkButton to="/">{t('error.toHome')}</LinkButton>
    </EmptyState>
  )
}
