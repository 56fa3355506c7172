import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { prefer, usePreferences } from '../ui/preferences.js'
import { Mark } from './mark.js'

/** The frame of the pages before the product: mark, language, one narrow column. */
export function Doorway({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  return (
    <main className="doorway">
      <div className="doorway-column">
        <div className="doorway-head">
          <Mark size={32} />
          <span className="grow" />
          <div className="language-switch" role="group" aria-label={t('language')}>
            {(['zh-CN', 'en'] as const).map(each => (
              <button key={each} type="button" lang={each} aria-pressed={language === each} onClick={() => prefer({ language: each })}>
                {each === 'en' ? 'English' : '中文'}
              </button>
            ))}
          </div>
        </div>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}
