import { Button } from 'antd'
import { GitMerge } from 'lucide-react'
import { useNavigate } from 'react-router'
import { useApp } from '../api/app.js'
import { usePhone } from '../ui/media.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState } from '../ui/small.js'
import { toast } from '../ui/toast.js'
import { ConflictRows, useChoices } from './conflict-rows.js'
import { publishPath } from './places.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** What somebody published and the draft changed too: for each place mine, theirs, or something else. */
export default function ConflictPage() {
  const { t } = useTexts()
  const { member } = useApp()
  const navigate = useNavigate()
  const isPhone = usePhone()
  const { conflicts, version, settle } = useWorkshop()
  const choices = useChoices({ side: 'mine' })
  useTitle(t('conflict.title'), t('studio'), member.workspace.name)
  if (conflicts.length === 0)
    return (
      <>
        <PageHead title={t('conflict.title')} icon={GitMerge} />
        <EmptyState title={t('conflict.nothing')} />
      </>
    )
  const keep = () => {
    settle(choices.valueAt)
    toast(t('conflict.settled', { version }))
    void navigate(publishPath)
  }
  return (
    <>
      <PageHead title={t('conflict.title')} icon={GitMerge}>
        {!isPhone && <Button onClick={() => choices.all(conflicts, 'theirs')}>{t('conflict.allTheirs')}</Button>}
        {!isPhone && <Button onClick={() => choices.all(conflicts, 'mine')}>{t('conflict.allMine')}</Button>}
        <Button type="primary" disabled={!conflicts.every(choices.isSettled)} onClick={keep}>
          {t('conflict.keep')}
        </Button>
      </PageHead>
      <div className="scroll-page">
        <div className="studio-home">
          <p className="quiet">{t('conflict.explained', { version })}</p>
          <ConflictRows conflicts={conflicts} choices={choices} />
        </div>
      </div>
    </>
  )
}
