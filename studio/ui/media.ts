import { useCallback, useSyncExternalStore } from 'react'

function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}

/** A phone: one column, a bar at the bottom, sheets instead of menus. */
export const usePhone = (): boolean => useMedia('(max-width: 719.9px)')

/** Too narrow for side panels to stay open. */
export const useNarrow = (): boolean => useMedia('(max-width: 1099.9px)')

/** Whether the device asks for no motion. */
export const useStill = (): boolean => useMedia('(prefers-reduced-motion: reduce)')

/** Too narrow for a third column while the navigation stands open. */
export const useTight = (): boolean => useMedia('(max-width: 1319.9px)')

/** Too narrow for a table beside another column. */
export const useSlim = (): boolean => useMedia('(max-width: 899.9px)')

/** Whether the device prefers dark surfaces. */
export const usePrefersDark = (): boolean => useMedia('(prefers-color-scheme: dark)')
