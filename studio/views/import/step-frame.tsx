import type { ReactNode } from 'react'

/** A step: what it asks on a scrolling page, and its buttons in a bar that stays. */
export const StepFrame = ({
  title,
  text,
  children,
  foot,
}: {
  title: string
  text?: string | undefined
  children: ReactNode
  foot?: ReactNode
}) => (
  <>
    <div className="scroll-page">
      <div className="import-step-page">
        <h2>{title}</h2>
        {text && <p className="quiet import-text">{text}</p>}
        {children}
      </div>
    </div>
    {foot && <div className="import-foot">{foot}</div>}
  </>
)
