import { useEffect } from 'react'
import { useLocation } from 'react-router'

const focusable = 'input, textarea, select, button, a[href], [tabindex]'
/** A panel that comes later is waited for so long, in milliseconds. */
const patience = 5_000

/** Brings what the address names behind `#` into sight and under the keyboard, as soon as it is drawn. */
export function useFocusPlace(): void {
  // another one with each step, also to the same address
  const location = useLocation()
  useEffect(() => {
    const id = location.hash.slice(1)
    if (id === '' || focusOn(id)) return
    const observer = new MutationObserver(() => {
      if (focusOn(id)) observer.disconnect()
    })
    observer.observe(document.body, { childList: true, subtree: true })
    const timer = setTimeout(() => observer.disconnect(), patience)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [location])
}

function focusOn(id: string): boolean {
  const found = document.getElementById(id)
  const target = found?.matches(focusable) ? found : found?.querySelector<HTMLElement>(focusable)
  if (!target) return false
  target.scrollIntoView({ block: 'center' })
  target.focus()
  return true
}
