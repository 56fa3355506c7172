import { useEffect, useRef, useSyncExternalStore } from 'react'
import { preferences } from './preferences.js'

interface KeyLike {
  key: string
  keyCode?: number
  isComposing?: boolean
  nativeEvent?: { isComposing?: boolean }
}

/** True while an input method composes: Enter and Esc then belong to it and must not act. */
export const isComposing = (event: KeyLike): boolean =>
  event.isComposing === true || event.nativeEvent?.isComposing === true || event.keyCode === 229

/** True when this key was pressed and no input method is composing. */
export const isKey = (event: KeyLike, ...keys: string[]): boolean => !isComposing(event) && keys.includes(event.key)

/** One key of a page: `mod+k`, `n`, `g h`; the label stands in the list of keys. */
export interface Shortcut {
  keys: string
  label: string
  /** What it does; without it the key is only listed, because what has the focus acts on it. */
  run?: (event: KeyboardEvent) => void
  /** True for a key of the frame, which works on every page. */
  everywhere?: boolean
}

const active: Shortcut[][] = []
const listeners = new Set<() => void>()
let shown: readonly Shortcut[] = []
let pending: { key: string; until: number } | undefined

function changed(): void {
  shown = active.flat()
  for (const listener of listeners) listener()
}

/** All keys that work on this page, for the list of keys. */
export const useActiveShortcuts = (): readonly Shortcut[] =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )

const isEditable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input:not([type="checkbox"], [type="radio"]), textarea, select, [role="combobox"]') !== null)

/** How a key event is written in a shortcut: `mod+shift+z`, `escape`, `n`. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const isLetter = event.key.length === 1
  const parts = [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.altKey ? 'alt' : '',
    event.shiftKey && (!isLetter || event.ctrlKey || event.metaKey) ? 'shift' : '',
  ]
  return [...parts.filter(part => part !== ''), event.key.toLowerCase()].join('+')
}

function find(name: string): Shortcut | undefined {
  const now = Date.now()
  const sequence = pending && pending.until > now ? `${pending.key} ${name}` : undefined
  for (const group of [...active].reverse()) {
    const acting = group.filter(each => each.run)
    const hit = (sequence && acting.find(each => each.keys === sequence)) || acting.find(each => each.keys === name)
    if (hit) return hit
  }
  return undefined
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event)) return
  const name = keyName(event)
  const isPlain = !name.startsWith('mod+') && name !== 'escape'
  // In an input every key belongs to what is typed, undo too; only the command bar opens from everywhere.
  if (isEditable(event.target) && name !== 'mod+k') return
  if (isPlain && event.key.length === 1 && !preferences().letterKeys) return
  if (isPlain && document.querySelector('[role="dialog"]') !== null) return
  const shortcut = find(name)
  pending = shortcut || name.length > 1 ? undefined : { key: name, until: Date.now() + 1200 }
  if (!shortcut) return
  event.preventDefault()
  shortcut.run?.(event)
}

if (typeof window !== 'undefined') window.addEventListener('keydown', onKeyDown)

/** Offers keys while a component is on the page; letters work only outside of inputs. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  const names = shortcuts.map(each => `${each.keys}=${each.label}`).join('\n')
  useEffect(() => {
    const group = latest.current.map((each, index) =>
      each.run ? { ...each, run: (event: KeyboardEvent) => latest.current[index]?.run?.(event) } : each,
    )
    active.push(group)
    changed()
    return () => {
      active.splice(active.indexOf(group), 1)
      changed()
    }
    // The names say when the group is another one; what runs is always the latest.
  }, [names])
}

/** How keys are shown to people: `Ctrl K`, on a Mac `⌘ K`. */
export function keyLabel(keys: string): string {
  const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
  const names: Record<string, string> = {
    mod: isMac ? '⌘' : 'Ctrl',
    shift: isMac ? '⇧' : 'Shift',
    enter: '↵',
    escape: 'Esc',
    arrowup: '↑',
    arrowdown: '↓',
    arrowleft: '←',
    arrowright: '→',
    delete: 'Del',
  }
  return keys
    .split(/[+ ]/)
    .map(key => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(' ')
}
