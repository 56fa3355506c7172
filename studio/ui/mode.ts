import { usePrefersDark } from './media.js'
import { usePreferences } from './preferences.js'
import type { Mode } from './theme.js'

/** The mode that is drawn: as chosen, or as the device has it. */
export function useMode(): Mode {
  const { mode } = usePreferences()
  const prefersDark = usePrefersDark()
  return mode === 'system' ? (prefersDark ? 'dark' : 'light') : mode
}
