import { Button } from 'antd'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { usePhone } from '../ui/media.js'
import { PageHead } from '../ui/page-head.js'

interface CheckPageProps {
  title: string
  icon: LucideIcon
  /** The way to leave without doing it. */
  leave: { readonly to: string; readonly label: string }
  verb: string
  /** Why the verb cannot be pressed yet. */
  reason: string | undefined
  isBusy: boolean
  onRun: () => void
  /** Whom and what it touches. */
  aside: ReactNode
  children: ReactNode
}

/** A page that says what making definitions live will do, with its one button: in the head of a desk, under the thumb of a phone. */
export function CheckPage({ title, icon, leave, verb, reason, isBusy, onRun, aside, children }: CheckPageProps) {
  const isPhone = usePhone()
  const actions = (
    <>
      <Link className="studio-way" to={leave.to}>
        {leave.label}
      </Link>
      {isPhone && <span className="grow" />}
      <Button type="primary" disabled={reason !== undefined} loading={isBusy} onClick={onRun}>
        {verb}
      </Button>
    </>
  )
  return (
    <>
      <PageHead title={title} icon={icon}>
        {!isPhone && (
          <>
            {reason && <span className="publish-reason quiet">{reason}</span>}
            {actions}
          </>
        )}
      </PageHead>
      <div className="publish-page scroll-page">
        <div className="publish-main">{children}</div>
        {aside}
      </div>
      {isPhone && (
        <div className="check-foot">
          {reason && <p className="publish-reason quiet">{reason}</p>}
          <div className="check-foot-actions">{actions}</div>
        </div>
      )}
    </>
  )
}
