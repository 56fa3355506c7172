import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'

/** Puts what only one shape of a list has at the end of its toolbar. */
export function ToolbarEnd({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState<HTMLElement | null>(null)
  useEffect(() => setPlace(document.getElementById('toolbar-end')), [])
  return place ? createPortal(children, place) : null
}
