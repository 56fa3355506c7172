import { Popover } from 'antd'
import { Check, type LucideIcon } from 'lucide-react'
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isKey } from './keys.js'

/** One deed of a menu; `checked` makes it one of a choice. */
export interface MenuEntry {
  readonly key: string
  readonly label: string
  readonly icon?: LucideIcon | undefined
  readonly danger?: boolean
  readonly checked?: boolean
  /** Why it cannot be done now; it can be read but does nothing. */
  readonly refusal?: string | undefined
  /** Tells more of the refusal. */
  readonly explain?: (() => void) | undefined
  readonly run: () => void
}

/** Entries that belong together, with or without a title. */
export interface MenuGroup {
  readonly key: string
  readonly label?: string
  readonly entries: readonly MenuEntry[]
}

interface MenuProps {
  readonly label: string
  readonly groups: readonly MenuGroup[]
  readonly placement?: 'bottomLeft' | 'bottomRight' | 'topLeft' | 'topRight'
  /** The button that opens it. */
  readonly children: ReactElement
}

/** A menu under its button; arrows move, Enter does, Esc gives the focus back. */
export function Menu({ label, groups, placement = 'bottomRight', children }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const opener = useRef<Element | null>(null)
  const change = (open: boolean) => {
    if (open) opener.current = document.activeElement
    else if (opener.current instanceof HTMLElement) opener.current.focus()
    setOpen(open)
  }
  return (
    <Popover
      open={isOpen}
      onOpenChange={change}
      trigger="click"
      placement={placement}
      arrow={false}
      destroyOnHidden
      styles={{ container: { padding: 4 } }}
      content={<MenuList label={label} groups={groups} onClose={() => change(false)} takesFocus />}
    >
      {children}
    </Popover>
  )
}

interface MenuListProps extends Pick<MenuProps, 'label' | 'groups'> {
  readonly onClose: () => void
  readonly takesFocus?: boolean
}

/** The entries of a menu, also where they stand in a sheet. */
export function MenuList({ label, groups, onClose, takesFocus = false }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null)
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]
  useEffect(() => {
    if (takesFocus) requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus())
  }, [takesFocus])
  const onKeyDown = (event: KeyboardEvent) => {
    if (isKey(event, 'Escape', 'Tab')) onClose()
    else if (isKey(event, 'ArrowDown', 'ArrowUp', 'Home', 'End')) {
      const all = items()
      const at = all.indexOf(document.activeElement as HTMLElement)
      const to =
        event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? all.length - 1
            : (at + (event.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length
      all[to]?.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={list} role="menu" tabIndex={-1} aria-label={label} className="menu" onKeyDown={onKeyDown}>
      {groups
        .filter(group => group.entries.length > 0)
        .map(group => (
          <div key={group.key} role="group" aria-label={group.label ?? label} className="menu-group">
            {group.label && <div className="menu-label">{group.label}</div>}
            {group.entries.map(entry => (
              <Entry key={entry.key} entry={entry} onClose={onClose} />
            ))}
          </div>
        ))}
    </div>
  )
}

function Entry({ entry, onClose }: { entry: MenuEntry; onClose: () => void }) {
  const { t } = useTranslation()
  const isChoice = entry.checked !== undefined
  return (
    <button
      type="button"
      role={isChoice ? 'menuitemradio' : 'menuitem'}
      aria-checked={isChoice ? entry.checked : undefined}
      tabIndex={-1}
      className={`menu-entry${entry.danger ? ' danger' : ''}${entry.refusal ? ' refused' : ''}`}
      aria-disabled={entry.refusal && !entry.explain ? true : undefined}
      onClick={() => {
        if (entry.refusal && !entry.explain) return
        onClose()
        if (entry.refusal) entry.explain?.()
        else entry.run()
      }}
    >
      {entry.icon && <entry.icon size={16} strokeWidth={1.75} aria-hidden />}
      {entry.refusal ? (
        <span className="menu-text">
          <span className="cut">{entry.label}</span>
          <span className="menu-note">
            {entry.refusal} {entry.explain && <span className="menu-why">{t('why.ask')}</span>}
          </span>
        </span>
      ) : (
        <span className="cut">{entry.label}</span>
      )}
      {entry.checked && <Check size={14} className="menu-check" aria-hidden />}
    </button>
  )
}
