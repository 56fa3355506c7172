import { Modal } from 'antd'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isKey } from '../ui/keys.js'
import { Kbd } from '../ui/small.js'
import { type Entry, useEntries } from './command-entries.js'

/** Finds records, actions and pages by typing; arrows choose, Enter goes. */
export default function CommandBar({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const entries = useEntries(typed)
  const at = Math.min(chosen, Math.max(0, entries.length - 1))
  useEffect(() => input.current?.focus(), [])
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isKey(event, 'ArrowDown')) setChosen((at + 1) % Math.max(1, entries.length))
    else if (isKey(event, 'ArrowUp')) setChosen((at - 1 + entries.length) % Math.max(1, entries.length))
    else if (isKey(event, 'Enter')) run(entries[at])
    else return
    event.preventDefault()
  }
  const type = (text: string) => {
    setTyped(text)
    setChosen(0)
  }
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      closable={false}
      width={620}
      className="command-bar"
      style={{ top: 100 }}
      title={<span className="sr-only">{t('command.open')}</span>}
      afterOpenChange={open => open && input.current?.focus()}
    >
      <div className="command-input">
        <Search size={18} aria-hidden />
        <input
          ref={input}
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={entries[at] ? `${id}-${at}` : undefined}
          aria-label={t('command.placeholder')}
          placeholder={t('command.placeholder')}
          value={typed}
          onChange={event => type(event.target.value)}
          onKeyDown={onKeyDown}
          autoComplete="off"
        />
        <Kbd keys="escape" />
      </div>
      <EntryList id={id} entries={entries} at={at} onRun={run} onHover={setChosen} />
    </Modal>
  )
}

interface EntryListProps {
  id: string
  entries: readonly Entry[]
  at: number
  onRun: (entry: Entry) => void
  onHover: (at: number) => void
}

function EntryList({ id, entries, at, onRun, onHover }: EntryListProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // newer browsers answer with a promise, which React would take for the end of the effect
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const groups = [...new Set(entries.map(entry => entry.group))]
  return (
    <div ref={list} id={`${id}-list`} role="listbox" aria-label={t('command.results')} className="command-list">
      {groups.map(group => (
        <div key={group} role="group" aria-label={t(`command.${group}`)}>
          <div className="command-group" aria-hidden>
            {t(`command.${group}`)}
          </div>
          {entries.map((entry, index) =>
            entry.group === group ? (
              <div
                key={entry.key}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === at}
                className="command-entry"
                onClick={() => onRun(entry)}
                onMouseMove={() => index !== at && onHover(index)}
              >
                <entry.icon size={16} strokeWidth={1.75} aria-hidden />
                <span className="cut">{entry.title}</span>
                {entry.note && <span className="quiet">{entry.note}</span>}
                <span className="grow" />
                {entry.keys && <Kbd keys={entry.keys} />}
              </div>
            ) : null,
          )}
        </div>
      ))}
      {entries.length === 0 && <p className="command-none">{t('command.none')}</p>}
    </div>
  )
}
