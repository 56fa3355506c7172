import { Link, useLocation } from 'react-router'
import { usePlaceName } from './place-name.js'
import { conflictsPath } from './places.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** Somebody published a version that gives other values to what the draft changes: leads to where that is settled. */
export function ConflictNote() {
  const { t } = useTexts()
  const { conflicts, version } = useWorkshop()
  const { pathname } = useLocation()
  const placeName = usePlaceName()
  if (conflicts.length === 0 || pathname === conflictsPath) return null
  const names = [...new Set(conflicts.map(({ path }) => placeName(path)))]
  return (
    <div className="banner studio-conflict" role="alert">
      <span>{t('conflict.published', { version, names: new Intl.ListFormat().format(names) })}</span>
      <span className="grow" />
      <Link to={conflictsPath}>{t('conflict.settle', { count: conflicts.length })}</Link>
    </div>
  )
}
