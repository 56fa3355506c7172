import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/small.js'

/** What stands in the place of a page that failed, or whose files could not be loaded, such as after an update of the server. */
export function Broken() {
  const { t } = useTranslation()
  return (
    <EmptyState isPage title={t('error.page')} text={t('error.pageHint')}>
      <Button type="primary" onClick={() => location.reload()}>
        {t('error.reload')}
      </Button>
    </EmptyState>
  )
}
