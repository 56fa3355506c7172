/** Who is to read again, one function for each that follows. */
type Reread = () => void

/** So long a connection may be away before anything is read without it, and so often it is read then. */
export const patience = 10_000
export const every = 60_000

/** What the page is like at this moment. */
export interface Place {
  /** Whether nobody would be disturbed: the page is looked at, and nothing is being typed. */
  readonly isQuiet: () => boolean
  /** Runs something after so many milliseconds, unless the function that this gives is called before. */
  readonly later: (run: () => void, time: number) => () => void
}

/**
 * Stands in for the connection where there is none, as behind a proxy that lets no WebSocket through: those who follow are told to read again
 * from time to time. As long as somebody types, or nobody looks, it waits.
 */
export function standIn({ isQuiet, later }: Place) {
  const followers = new Set<Reread>()
  let isConnected = false
  let cancel: (() => void) | null = null
  const wait = (time: number) => {
    cancel = later(() => {
      const quiet = isQuiet()
      if (quiet) for (const reread of [...followers]) reread()
      wait(quiet ? every : patience)
    }, time)
  }
  const look = () => {
    const isNeeded = !isConnected && followers.size > 0
    if (isNeeded && !cancel) wait(patience)
    if (isNeeded) return
    cancel?.()
    cancel = null
  }
  return {
    /** Somebody follows until the function that this gives is called. */
    join: (reread: Reread): (() => void) => {
      followers.add(reread)
      look()
      return () => {
        followers.delete(reread)
        look()
      }
    },
    /** The connection stands, or is gone. */
    connected: (stands: boolean): void => {
      isConnected = stands
      look()
    },
  }
}
