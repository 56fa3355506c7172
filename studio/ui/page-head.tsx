import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'

interface PageHeadProps {
  title: string
  icon?: LucideIcon | undefined
  children?: ReactNode
  before?: ReactNode
}

/** The head of a page: where one is, and at the right its actions. A new page gives its title the focus. */
export function PageHead({ title, icon: Icon, children, before }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <header className="page-head">
      {before}
      {Icon && (
        <span className="object-icon" aria-hidden>
          <Icon size={16} strokeWidth={1.75} />
        </span>
      )}
      <h1 ref={heading} tabIndex={-1} className="cut">
        {title}
      </h1>
      <span className="grow" />
      {children}
    </header>
  )
}

/** The title of the browser's tab: name, object, workspace. */
export function useTitle(...parts: readonly (string | undefined)[]): void {
  const title = [...parts.filter(part => part), 'Tessera'].join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
