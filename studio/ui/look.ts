import { type AccentName, accentNames, type Density } from '@tessera/platform/definitions/app.js'
import { useSyncExternalStore } from 'react'
import { usePreferences } from './preferences.js'

/** The look that a workspace has for everybody. */
export interface Look {
  readonly accent: AccentName
  readonly density: Density
}

const place = 'tessera.look'
const usual: Look = { accent: 'indigo', density: 'comfortable' }
const listeners = new Set<() => void>()

/** What a definition says of the look; what it leaves out, or what is not known here, is as usual. */
export const lookOf = (theme: { readonly accent?: string | undefined; readonly density?: string | undefined } = {}): Look => ({
  accent: accentNames.find(name => name === theme.accent) ?? usual.accent,
  density: theme.density === 'compact' ? 'compact' : usual.density,
})

/** As it was the last time, so that a page does not begin in other colours. */
function stored(): Look {
  try {
    return lookOf(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Look>)
  } catch {
    return usual
  }
}

let current = stored()

/** Gives the product the look of a workspace. */
export function showLook(look: Look): void {
  if (look.accent === current.accent && look.density === current.density) return
  current = look
  localStorage.setItem(place, JSON.stringify(look))
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The look of the workspace, redrawn when it changes. */
export const useLook = (): Look => useSyncExternalStore(subscribe, () => current)

/** How close rows and inputs stand: as the member chose on this device, else as the workspace has it. */
export function useDensity(): Density {
  const { density } = usePreferences()
  const look = useLook()
  return density ?? look.density
}
