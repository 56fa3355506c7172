import { Button } from 'antd'
import { RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ListNews } from './list-live.js'

/** Says that others added records or took some out of the list, and shows them when asked to. */
export function ListNewsNote({ news }: { news: ListNews }) {
  const { t } = useTranslation()
  const { added, left, show } = news
  return (
    <div className="list-news" role="status">
      {added + left > 0 && (
        <Button size="small" icon={<RefreshCw size={13} aria-hidden />} onClick={show}>
          {[added > 0 ? t('live.added', { count: added }) : '', left > 0 ? t('live.left', { count: left }) : '']
            .filter(text => text !== '')
            .join(t('listed'))}
        </Button>
      )}
    </div>
  )
}
