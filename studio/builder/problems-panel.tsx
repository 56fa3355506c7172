import { ChevronDown, ChevronUp, CircleAlert } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Link, useLocation } from 'react-router'
import { usePlaceName } from './place-name.js'
import { placeOfPath, publishPath } from './places.js'
import type { Told } from './problems.js'
import { OfferAllRemovals, OfferRemoval } from './stray-offer.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** What stands against publishing, at the bottom of every page of the studio that does not show it anyway. */
export function ProblemsPanel() {
  const { t } = useTexts()
  const { issues } = useWorkshop()
  const { pathname } = useLocation()
  const [isOpen, setOpen] = useState(false)
  if (issues.length === 0 || pathname === publishPath || pathname === '/studio') return null
  const Icon = isOpen ? ChevronDown : ChevronUp
  return (
    <section className="problems-panel" aria-label={t('problems')}>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(before => !before)}>
        <CircleAlert size={15} aria-hidden />
        <span className="num">{t('problems.count', { count: issues.length })}</span>
        <span className="grow" />
        <Icon size={15} aria-hidden />
      </button>
      {isOpen && (
        <>
          <OfferAllRemovals />
          <Rows issues={issues} onClose={() => setOpen(false)} />
        </>
      )}
    </section>
  )
}

/** One stop of the tab key, and what can be done there behind it; arrows go through the problems, Enter leads to one. */
function Rows({ issues, onClose }: { issues: readonly Told[]; onClose: () => void }) {
  const list = useRef<HTMLUListElement>(null)
  const [at, setAt] = useState(0)
  const go = (to: number) => {
    const next = Math.max(0, Math.min(issues.length - 1, to))
    setAt(next)
    list.current?.querySelectorAll<HTMLElement>('[data-stop]')[next]?.focus()
  }
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) go(at + step)
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
  }
  return (
    <ul ref={list} onKeyDown={press}>
      {issues.map((problem, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same problem may stand twice at one path
        <Row key={`${problem.path} ${problem.code} ${index}`} problem={problem} isStop={index === Math.min(at, issues.length - 1)} />
      ))}
    </ul>
  )
}

function Row({ problem, isStop }: { problem: Told; isStop: boolean }) {
  const placeName = usePlaceName()
  const place = placeOfPath(problem.path)
  const words = (
    <>
      <span className="grow cut">{problem.message}</span>
      <span className="quiet cut">{placeName(problem.path)}</span>
    </>
  )
  return (
    <li>
      {place ? (
        <Link to={place} data-stop tabIndex={isStop ? 0 : -1} title={problem.hint ?? undefined}>
          {words}
        </Link>
      ) : (
        <span data-stop tabIndex={isStop ? 0 : -1}>
          {words}
        </span>
      )}
      <OfferRemoval problem={problem} tabIndex={isStop ? 0 : -1} />
    </li>
  )
}
