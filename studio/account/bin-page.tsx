import { Button, Segmented } from 'antd'
import { Trash2 } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { useApp } from '../api/app.js'
import { confirm } from '../ui/confirm.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Problem, Skeleton } from '../ui/small.js'
import { toast } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { useBin, usePurge } from './bin.js'
import { BinRow } from './bin-row.js'
import { useTexts } from './oversight-texts.js'
import './account.css'
import './oversight.css'

/** What was deleted, with the way back. */
export default function BinPage() {
  const { t } = useTexts()
  const { member } = useApp()
  const [params, setParams] = useSearchParams()
  const isMine = params.get('of') !== 'all'
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useBin(isMine)
  useTitle(t('bin.title'), member.workspace.name)
  const deletions = data?.pages.flatMap(page => page.deletions) ?? []
  const purge = usePurge()
  const askEmpty = async () => {
    const until = deletions[0]?.at
    const question = { title: t('bin.emptyAsk'), body: t('bin.emptyBody'), verb: t('bin.empty'), danger: true }
    if (until && (await confirm(question))) purge.mutate({ until }, { onSuccess: count => toast(t('bin.emptied', { count })) })
  }
  const choices = [
    { value: 'mine', label: t('bin.mine') },
    { value: 'all', label: t('bin.all') },
  ]
  return (
    <>
      <PageHead title={t('bin.title')} icon={Trash2} />
      <div className="scroll-page">
        <div className="account-page oversight-page">
          <div className="bin-head">
            <Segmented
              aria-label={t('bin.show')}
              options={choices}
              value={isMine ? 'mine' : 'all'}
              onChange={chosen => setParams(chosen === 'all' ? { of: 'all' } : {})}
            />
            {data?.pages[0] && <p className="account-note">{t('bin.about', { count: data.pages[0].days })}</p>}
            {member.admin && !isMine && deletions.length > 0 && (
              <Button danger onClick={() => void askEmpty()} loading={purge.isPending}>
                {t('bin.empty')}
              </Button>
            )}
          </div>
          {purge.error && <Problem title={t('bin.empty')} text={failureText(purge.error, t)} />}
          {error && <EmptyState title={t('error.notLoaded')} text={failureText(error, t)} />}
          {!data && !error && <Skeleton width="100%" height={160} />}
          {data && deletions.length === 0 && !hasNextPage && <EmptyState title={t(isMine ? 'bin.noneMine' : 'bin.none')} />}
          {deletions.length > 0 && (
            <ul className="account-rows" aria-label={t('bin.list')}>
              {deletions.map(deletion => (
                <BinRow key={deletion.id} deletion={deletion} />
              ))}
            </ul>
          )}
          {hasNextPage && (
            <div>
              <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
                {t('bin.more')}
              </Button>
            </div>
          )}
        </div>
      </div>
    </>
  )
}
