import { lazy, Suspense, useSyncExternalStore } from 'react'

const CommandBar = lazy(() => import('./command-bar.js'))

let isOpen = false
const listeners = new Set<() => void>()

function become(open: boolean): void {
  isOpen = open
  for (const listener of listeners) listener()
}

/** Opens the command bar. */
export const openCommandBar = (): void => become(true)

/** Draws the command bar while it is open; its code comes when it is first opened. */
export function CommandBarHost() {
  const open = useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isOpen,
  )
  return <Suspense fallback={null}>{open && <CommandBar onClose={() => become(false)} />}</Suspense>
}
