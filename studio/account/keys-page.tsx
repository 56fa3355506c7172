import { KeyRound } from 'lucide-react'
import { useApp } from '../api/app.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { KeysSection } from './keys-section.js'
import { useTexts } from './texts.js'
import './account.css'

/** All API keys of the workspace. */
export default function KeysPage() {
  const { t } = useTexts()
  const { member } = useApp()
  useTitle(t('apiKeys.title'), t('studio'), member.workspace.name)
  return (
    <>
      <PageHead title={t('apiKeys.title')} icon={KeyRound} />
      <div className="scroll-page">
        <div className="account-page">
          <KeysSection isOwn={false} />
        </div>
      </div>
    </>
  )
}
