import { Button } from 'antd'
import { ScrollText } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { useApp } from '../api/app.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { searchOf, useAudit } from './audit.js'
import { AuditFilters } from './audit-filters.js'
import { AuditRow } from './audit-row.js'
import { useTexts } from './oversight-texts.js'
import './account.css'
import './oversight.css'

/** The log of the workspace: who did what, when, from where. */
export default function AuditPage() {
  const { t } = useTexts()
  const { member, timeZone } = useApp()
  const [params, setParams] = useSearchParams()
  const search = searchOf(params)
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useAudit(search, timeZone)
  useTitle(t('audit.title'), t('studio'), member.workspace.name)
  const narrow = (changes: Readonly<Record<string, string | null>>) =>
    setParams(() => {
      // what was chosen a moment ago may not be drawn yet, but stands in the address
      const after = new URLSearchParams(window.location.search)
      for (const [key, value] of Object.entries(changes)) value ? after.set(key, value) : after.delete(key)
      return after
    })
  const entries = data?.pages.flatMap(page => page.entries) ?? []
  const isNarrowed = [...params.keys()].length > 0
  return (
    <>
      <PageHead title={t('audit.title')} icon={ScrollText} />
      <div className="scroll-page">
        <div className="account-page oversight-page">
          <p className="account-note">{t('audit.about')}</p>
          <AuditFilters search={search} onNarrow={narrow} onReset={isNarrowed ? () => setParams({}) : null} />
          {error && <EmptyState title={t('error.notLoaded')} text={failureText(error, t)} />}
          {!data && !error && <Skeleton width="100%" height={320} />}
          {data && entries.length === 0 && (
            <EmptyState title={t(isNarrowed ? 'audit.none' : 'audit.nothing')} {...(isNarrowed ? { text: t('audit.noneText') } : {})} />
          )}
          {entries.length > 0 && (
            <ol className="account-rows audit-rows" aria-label={t('audit.list')}>
              {entries.map(entry => (
                <AuditRow key={entry.id} entry={entry} onNarrow={narrow} />
              ))}
            </ol>
          )}
          {hasNextPage && (
            <div>
              <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
                {t('audit.more')}
              </Button>
            </div>
          )}
        </div>
      </div>
    </>
  )
}
