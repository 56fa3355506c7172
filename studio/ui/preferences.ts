import { useSyncExternalStore } from 'react'

/** What a member chooses about the look of the product; kept on this device. */
export interface Preferences {
  language: 'en' | 'zh-CN'
  mode: 'light' | 'dark' | 'system'
  /** Undefined until somebody chooses; then it is as their workspace has it. */
  density: 'comfortable' | 'compact' | undefined
  letterKeys: boolean
  panel: boolean
}

const place = 'tessera.preferences'
const listeners = new Set<() => void>()

function browserLanguage(): Preferences['language'] {
  return typeof navigator !== 'undefined' && navigator.language.startsWith('zh') ? 'zh-CN' : 'en'
}

function stored(): Preferences {
  const fallback: Preferences = { language: browserLanguage(), mode: 'system', density: undefined, letterKeys: true, panel: true }
  try {
    return { ...fallback, ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Preferences>) }
  } catch {
    return fallback
  }
}

let current = stored()

/** The preferences now, outside of React. */
export const preferences = (): Preferences => current

/** Changes some preferences, keeps them on this device and tells everyone who shows them. */
export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  localStorage.setItem(place, JSON.stringify(current))
  for (const listener of listeners) listener()
}

/** True when the language was chosen on this device rather than taken from the browser. */
export const hasChosenLanguage = (): boolean => (localStorage.getItem(place) ?? '').includes('"language"')

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The preferences, redrawn when they change. */
export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferences)
