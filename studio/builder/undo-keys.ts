import { useShortcuts } from '../ui/keys.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** Ctrl Z takes back the last edit of the draft, Ctrl Shift Z and Ctrl Y bring it again. */
export function useUndoKeys(): void {
  const { t } = useTexts()
  const { undo, redo } = useWorkshop()
  useShortcuts([
    { keys: 'mod+z', label: t('undo'), run: undo },
    { keys: 'mod+shift+z', label: t('redo'), run: redo },
    { keys: 'mod+y', label: t('redo'), run: redo },
  ])
}
