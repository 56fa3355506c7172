import { CircleAlert, Redo2, Undo2 } from 'lucide-react'
import { Link, useLocation } from 'react-router'
import { IconButton } from '../ui/small.js'
import { DraftMenu } from './draft-menu.js'
import { publishPath } from './places.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** The thin line on top of the studio: what is not live yet, and the way to make it live. */
export function DraftLine() {
  const { t } = useTexts()
  const { draft, count, issues, undo, redo, sync } = useWorkshop()
  const { pathname } = useLocation()
  if (count === 0 && draft.past.length === 0 && draft.future.length === 0 && sync.drafts.length === 0) return null
  return (
    <div className="draft-line" role="region" aria-label={t('draft')}>
      <DraftMenu />
      <span className="num" aria-live="polite">
        {count > 0 ? t('draft.changes', { count }) : t('draft.none')}
      </span>
      {issues.length > 0 && (
        <span className="draft-problems num">
          <CircleAlert size={14} aria-hidden /> {t('problems.count', { count: issues.length })}
        </span>
      )}
      {count > 0 && pathname !== publishPath && (
        <Link className="draft-publish" to={publishPath}>
          {t('publish.check')}
        </Link>
      )}
      <span className="grow" />
      {count > 0 && (
        <span className="draft-state" role="status">
          {t(`draft.${sync.state}`)}
        </span>
      )}
      <IconButton icon={Undo2} label={t('undo')} onClick={undo} disabled={draft.past.length === 0} />
      <IconButton icon={Redo2} label={t('redo')} onClick={redo} disabled={draft.future.length === 0} />
    </div>
  )
}
