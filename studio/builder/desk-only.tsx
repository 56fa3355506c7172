import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { usePhone } from '../ui/media.js'
import { EmptyState } from '../ui/small.js'
import { publishPath, versionsPath } from './places.js'
import { useTexts } from './texts.js'

interface DeskOnlyProps {
  children: ReactNode
  /** What can be read in its place on a phone. */
  read?: ReactNode
}

/** A designer, or on a phone the word that it needs more room, and what can be read; publishing works there too. */
export function DeskOnly({ children, read }: DeskOnlyProps) {
  const { t } = useTexts()
  if (!usePhone()) return children
  return (
    <div className="scroll-page">
      <EmptyState title={t('phone.title')} text={t('phone.text')}>
        <Link className="studio-way" to={publishPath}>
          {t('publish.check')}
        </Link>
        <Link className="studio-way" to={versionsPath}>
          {t('versions')}
        </Link>
      </EmptyState>
      {read}
    </div>
  )
}
