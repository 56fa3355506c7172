import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { usePhone } from '../ui/media.js'
import { EmptyState } from '../ui/small.js'
import { publishPath, versionsPath } from './places.js'
import { useTexts } from './texts.js'

/** A designer, or on a phone the word that it needs more room; publishing works there too. */
export function DeskOnly({ children }: { children: ReactNode }) {
  const { t } = useTexts()
  if (!usePhone()) return children
  return (
    <EmptyState title={t('phone.title')} text={t('phone.text')}>
      <Link className="studio-way" to={publishPath}>
        {t('publish.check')}
      </Link>
      <Link className="studio-way" to={versionsPath}>
        {t('versions')}
      </Link>
    </EmptyState>
  )
}
