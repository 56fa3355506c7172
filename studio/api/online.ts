import { useSyncExternalStore } from 'react'

let isOnline = true
let probe: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function become(online: boolean): void {
  if (online === isOnline) return
  isOnline = online
  for (const listener of listeners) listener()
}

/** The server was reached. */
export function onlineAgain(): void {
  clearTimeout(probe)
  probe = undefined
  become(true)
}

async function askAgain(): Promise<void> {
  clearTimeout(probe)
  probe = undefined
  const answered = await fetch('/healthz').then(
    response => response.ok,
    () => false,
  )
  if (answered) onlineAgain()
  else serverLost()
}

/** The server was not reached; asks again every three seconds until it answers. */
export function serverLost(): void {
  become(false)
  probe ??= setTimeout(() => void askAgain(), 3000)
}

// the device knows first that it has no network, and when it has one again
if (typeof window !== 'undefined') {
  window.addEventListener('offline', serverLost)
  window.addEventListener('online', () => void askAgain())
}

/** Whether the server was reached last time. */
export const useOnline = (): boolean =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isOnline,
  )
