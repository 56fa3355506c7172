import { lookup } from '@tessera/platform/registry.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** Says that a definition is new or changed in the draft. */
export function ChangeMark({ path }: { path: string }) {
  const { t } = useTexts()
  const { draft } = useWorkshop()
  const entry = lookup(draft.entries, path)
  if (!entry) return null
  return <span className="change-mark">{entry.before === null ? t('mark.new') : t('mark.changed')}</span>
}
