import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { ArrowDownUp, Rows3, Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import { seenFields } from '../../fields/selection.js'
import { isKey, useShortcuts } from '../../ui/keys.js'
import { usePhone } from '../../ui/media.js'
import { Menu } from '../../ui/menu.js'
import { Chip, Kbd } from '../../ui/small.js'
import { isSortable } from './columns.js'
import { FilterChips } from './filter-chips.js'
import { type ListState, listViews } from './list-state.js'
import { SaveView } from './save-view.js'

interface ToolbarProps {
  object: ObjectModel
  state: ListState
  boardField: FieldModel | undefined
}

/** What narrows and orders the list: conditions, find, order; a board also says by what it is grouped. */
export function Toolbar({ object, state, boardField }: ToolbarProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const isPhone = usePhone()
  return (
    <div className="toolbar" role="toolbar" aria-label={t('list.tools')}>
      <div className="toolbar-filters">
        <FilterChips object={object} conditions={state.conditions} onChange={conditions => state.change({ conditions })} />
        {state.counted && (
          <Chip
            name={t(`list.${state.counted.kind}`)}
            text={label(state.counted.label) || t(`list.${state.counted.kind}Text`)}
            onRemove={() => state.change({ counted: undefined })}
          />
        )}
        <SaveView object={object} state={state} />
      </div>
      {!isPhone && <span className="grow" />}
      <FindInList state={state} />
      <SortMenu object={object} state={state} />
      {boardField && !isPhone && <BoardMenu object={object} state={state} field={boardField} />}
      <span id="toolbar-end" className="toolbar-end" />
    </div>
  )
}

/** By what a board is grouped; where there are several boards, the way to the others. */
function BoardMenu({ object, state, field }: { object: ObjectModel; state: ListState; field: FieldModel }) {
  const { t } = useTranslation()
  const label = useLabel()
  const { model } = useApp()
  const boards = listViews(model.views, object.name, 'board')
  if (boards.length < 2)
    return (
      <span className="tool still">
        <Rows3 size={15} aria-hidden /> {t('board.by', { name: label(field.label) })}
      </span>
    )
  const entries = boards.map(({ name, definition }) => ({
    key: name,
    label: label(definition.label),
    checked: name === state.board?.name,
    run: () => state.change({ board: name === boards[0]?.name ? '' : name }),
  }))
  return (
    <Menu label={t('board.choose')} groups={[{ key: 'boards', entries }]}>
      <button type="button" className="tool" title={t('board.by', { name: label(field.label) })}>
        <Rows3 size={15} aria-hidden /> <span className="tool-text">{label(state.board?.definition.label)}</span>
      </button>
    </Menu>
  )
}

function FindInList({ state }: { state: ListState }) {
  const { t } = useTranslation()
  const isPhone = usePhone()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(state.search)
  const latest = useRef(state)
  useEffect(() => {
    latest.current = state
  })
  useEffect(() => {
    if (typed === latest.current.search) return
    const timer = setTimeout(() => latest.current.change({ search: typed }), 250)
    return () => clearTimeout(timer)
  }, [typed])
  useEffect(() => setTyped(state.search), [state.search])
  const clear = () => {
    setTyped('')
    input.current?.focus()
  }
  useShortcuts([{ keys: '/', label: t('list.find'), run: () => input.current?.focus() }])
  return (
    <span className="find">
      <Search size={14} aria-hidden />
      <input
        ref={input}
        placeholder={t('list.find')}
        aria-label={t('list.find')}
        value={typed}
        onChange={event => setTyped(event.target.value)}
        onKeyDown={event => {
          if (isKey(event, 'Escape')) input.current?.blur()
        }}
      />
      {typed !== '' && (
        <button type="button" className="find-clear" aria-label={t('empty.clearSearch')} onClick={clear}>
          <X size={13} />
        </button>
      )}
      {!isPhone && <Kbd keys="/" />}
    </span>
  )
}

function SortMenu({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useTranslation()
  const label = useLabel()
  const first = state.sorting[0]
  const field = first ? object.fields[first.field] : undefined
  const choose = (name: string) =>
    state.change({ sorting: [{ field: name, direction: first?.field === name && first.direction === 'asc' ? 'desc' : 'asc' }] })
  const entries = seenFields(object)
    .filter(isSortable)
    .map(each => ({ key: each.name, label: label(each.label), checked: first?.field === each.name, run: () => choose(each.name) }))
  return (
    <Menu label={t('list.sort')} groups={[{ key: 'fields', entries }]}>
      <button type="button" className="tool" title={t('list.sort')}>
        <ArrowDownUp size={15} aria-hidden /> <span className="tool-text">{field ? label(field.label) : t('list.sort')}</span>
      </button>
    </Menu>
  )
}
