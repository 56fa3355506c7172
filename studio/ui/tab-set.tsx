import { CircleAlert } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { isKey } from './keys.js'

export interface Tab {
  key: string
  label: string
  count?: number | undefined
  /** Whether there are only about so many. */
  isRough?: boolean
  /** What is wrong behind it. */
  problem?: string
}

interface TabSetProps {
  tabs: readonly Tab[]
  active: string
  label: string
  onChange: (key: string) => void
  panelId?: string
  children?: ReactNode
}

/** Tabs in one row that scrolls; arrows move, one tab stop. What stands behind the tabs is given as children. */
export function TabSet({ tabs, active, label, onChange, panelId, children }: TabSetProps) {
  const list = useRef<HTMLDivElement>(null)
  // the active one may stand beyond the edge of a narrow window
  useEffect(() => {
    const row = list.current
    const tab = row?.querySelector<HTMLElement>('[aria-selected="true"]')
    if (row && tab && row.scrollWidth > row.clientWidth)
      row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2
  }, [active])
  const move = (event: KeyboardEvent) => {
    if (!isKey(event, 'ArrowLeft', 'ArrowRight', 'Home', 'End')) return
    event.preventDefault()
    const at = tabs.findIndex(tab => tab.key === active)
    const to =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? tabs.length - 1
          : (at + (event.key === 'ArrowLeft' ? -1 : 1) + tabs.length) % tabs.length
    const target = tabs[to]
    if (!target) return
    onChange(target.key)
    list.current?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(target.key)}"]`)?.focus()
  }
  return (
    <div className="tab-row">
      <div className="tab-set" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
        {tabs.map(tab => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            data-tab={tab.key}
            aria-selected={tab.key === active}
            aria-controls={tab.key === active ? panelId : undefined}
            tabIndex={tab.key === active ? 0 : -1}
            onClick={() => onChange(tab.key)}
          >
            {tab.label}
            {tab.problem && <CircleAlert size={14} className="tab-problem" role="img" aria-label={tab.problem} />}
            {tab.count !== undefined && <span className="tab-count">{`${tab.isRough ? '≈ ' : ''}${tab.count.toLocaleString('en')}`}</span>}
          </button>
        ))}
      </div>
      {children}
    </div>
  )
}
