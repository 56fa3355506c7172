import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button } from 'antd'
import { useLabel } from '../api/app.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** Somebody published a version that changes the same definitions as the draft: asks whose form stays. */
export function ConflictNote() {
  const { t } = useTexts()
  const label = useLabel()
  const { conflicts, elements, live, version, settle } = useWorkshop()
  if (conflicts.length === 0) return null
  const names = conflicts.map(path => label((lookup(elements, path) ?? lookup(live, path))?.definition.label as Label | undefined) || path)
  return (
    <div className="banner studio-conflict" role="alert">
      <span>{t('conflict.published', { version, names: new Intl.ListFormat().format(names) })}</span>
      <span className="grow" />
      <Button size="small" onClick={() => settle('mine')}>
        {t('conflict.keepMine')}
      </Button>
      <Button size="small" onClick={() => settle('theirs')}>
        {t('conflict.takeTheirs')}
      </Button>
    </div>
  )
}
