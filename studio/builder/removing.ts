import { useApp } from '../api/app.js'
import { usePlaceName } from './place-name.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/**
 * Gives what removes a definition: at once where nothing else names it; else it says first what does, and offers to take that out in the
 * same step.
 */
export function useRemoving(): (path: string, onRemoved: () => unknown) => Promise<void> {
  const { t } = useTexts()
  const { locale } = useApp()
  const nameOf = usePlaceName()
  const { elements, edit } = useWorkshop()
  return async (path, onRemoved) => {
    const { askRemoval } = await import('./removal-question.js')
    const change = await askRemoval(path, { elements, nameOf, locale, t })
    if (!change) return
    edit(`remove ${path}`, null, change)
    onRemoved()
  }
}
