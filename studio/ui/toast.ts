import { useSyncExternalStore } from 'react'

/** A short message at the bottom left: what was done, with the way back, or what failed in the background. */
export interface Toast {
  id: number
  text: string
  tone: 'done' | 'failed'
  action?: { label: string; run: () => void }
  seconds: number
}

let current: Toast | undefined
let next = 1
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function show(toast: Toast | undefined): void {
  current = toast
  clearTimeout(timer)
  if (toast) timer = setTimeout(() => show(undefined), toast.seconds * 1000)
  for (const listener of listeners) listener()
}

/** Says that something is done; `undo` offers the way back for `seconds`. */
export function toast(text: string, options: { undo?: { label: string; run: () => void }; seconds?: number } = {}): void {
  const { undo, seconds = undo ? 10 : 5 } = options
  show({ id: next++, text, tone: 'done', seconds, ...(undo ? { action: undo } : {}) })
}

/** Says that something in the background failed; never for what a field can say. `action` tells more. */
export function toastFailure(text: string, action?: { label: string; run: () => void }): void {
  show({ id: next++, text, tone: 'failed', seconds: 12, ...(action ? { action } : {}) })
}

/** Takes the way back of the toast that is shown; false when there is none. */
export function undoLast(): boolean {
  const action = current?.tone === 'done' ? current.action : undefined
  show(undefined)
  action?.run()
  return action !== undefined
}

export const closeToast = (): void => show(undefined)

/** The toast to draw now. */
export const useToast = (): Toast | undefined =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
