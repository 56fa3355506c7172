import { type ActionName, actionNames, type RoleDefinition } from '@tessera/platform/definitions/role.js'
import { Ban, Check, CircleAlert, ListFilter } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { isKey } from '../ui/keys.js'
import { grantOf, others, restrictionOf, toggleAction } from './edit-role.js'
import { useRightsTexts } from './rights-texts.js'
import { useWorkshop } from './workshop.js'

interface GridRow {
  readonly name: string
  readonly title: string
}

interface RoleGridProps {
  role: RoleDefinition
  rows: readonly GridRow[]
  chosen: string | null
  onChoose: (object: string) => void
}

/** Objects by actions; one tab stop, arrows move, Space gives an action or takes it away. */
export function RoleGrid({ role, rows, chosen, onChoose }: RoleGridProps) {
  const { t } = useRightsTexts()
  const grid = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState<readonly [number, number]>([0, 0])
  const move = (event: KeyboardEvent) => {
    if (!isKey(event, 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End')) return
    event.preventDefault()
    const [row, column] = at
    const last = actionNames.length
    const next = {
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      Home: [row, 0],
      End: [row, last],
    }[event.key] ?? [row, column]
    const place = [clamp(next[0] ?? 0, rows.length - 1), clamp(next[1] ?? 0, last)] as const
    setAt(place)
    grid.current?.querySelector<HTMLElement>(`[data-at="${place.join()}"]`)?.focus()
  }
  const isStop = (row: number, column: number) => Math.min(at[0], rows.length - 1) === row && at[1] === column
  return (
    <div className="rights-scroll">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the table is walked through with the arrows */}
      <table className="rights-grid" role="grid" aria-label={t('role.grid')} ref={grid} onKeyDown={move}>
        <thead>
          <tr>
            <th scope="col">{t('role.object')}</th>
            {actionNames.map(action => (
              <th key={action} scope="col" title={t(`action.${action}.help`)}>
                {t(`action.${action}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.name} className={row.name === chosen ? 'chosen' : undefined}>
              <ObjectCell role={role} row={row} place={[index, 0]} isStop={isStop(index, 0)} onChoose={onChoose} onFocus={setAt} />
              {actionNames.map((action, column) => (
                <ActionCell
                  key={action}
                  role={role}
                  row={row}
                  action={action}
                  place={[index, column + 1]}
                  isStop={isStop(index, column + 1)}
                  onFocus={setAt}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most))

interface CellProps {
  role: RoleDefinition
  row: GridRow
  place: readonly [number, number]
  isStop: boolean
  onFocus: (place: readonly [number, number]) => void
}

function ObjectCell({ role, row, place, isStop, onFocus, onChoose }: CellProps & { onChoose: (object: string) => void }) {
  const { t } = useRightsTexts()
  const { issues } = useWorkshop()
  const { grant, isOwn } = grantOf(role, row.name)
  const closed = new Set([...Object.keys((isOwn && grant?.fields) || {}), ...Object.keys(restrictionOf(role, row.name)?.fields ?? {})]).size
  const hasProblem = issues.some(({ path }) =>
    ['grants', 'restrict'].some(part => `${path}/`.startsWith(`roles/${role.role}/${part}/${row.name}/`)),
  )
  const note = closed > 0 ? t('role.fields', { count: closed }) : ''
  return (
    <th scope="row">
      {row.name === others ? (
        <span className="rights-object still" data-at={place.join()} tabIndex={isStop ? 0 : -1} onFocus={() => onFocus(place)}>
          {row.title}
        </span>
      ) : (
        <button
          type="button"
          className="rights-object"
          data-at={place.join()}
          tabIndex={isStop ? 0 : -1}
          onFocus={() => onFocus(place)}
          onClick={() => onChoose(row.name)}
        >
          <span className="cut">{row.title}</span>
          {note && <span className="quiet">{note}</span>}
          {hasProblem && (
            <span className="field-row-problem">
              <CircleAlert size={14} aria-hidden /> {t('problem')}
            </span>
          )}
        </button>
      )}
    </th>
  )
}

function ActionCell({ role, row, action, place, isStop, onFocus }: CellProps & { action: ActionName }) {
  const { t } = useRightsTexts()
  const { edit } = useWorkshop()
  const { grant, isOwn } = grantOf(role, row.name)
  const isHeld = grant?.actions.includes(action) ?? false
  const isTaken = restrictionOf(role, row.name)?.actions?.includes(action) ?? false
  const isRuled = isHeld && (grant?.recordsFor?.[action] ?? grant?.records) !== undefined
  const said = [
    t(`action.${action}`),
    row.title,
    ...(isHeld && !isOwn ? [t('role.inherited')] : []),
    ...(isRuled ? [t('role.ruled')] : []),
    ...(isTaken ? [t('role.taken')] : []),
  ].join(', ')
  const toggle = () =>
    edit(`roles/${role.role} ${row.name} ${action}`, `roles/${role.role}`, now => toggleAction(now, role.role, row.name, action))
  return (
    <td>
      <button
        type="button"
        role="checkbox"
        aria-checked={isHeld}
        aria-label={said}
        title={said}
        className={`rights-cell${isHeld ? ' held' : ''}${isHeld && !isOwn ? ' lent' : ''}`}
        data-at={place.join()}
        tabIndex={isStop ? 0 : -1}
        onFocus={() => onFocus(place)}
        onClick={toggle}
      >
        {isTaken ? (
          <Ban size={14} aria-hidden />
        ) : isHeld ? (
          isRuled ? (
            <ListFilter size={14} aria-hidden />
          ) : (
            <Check size={15} aria-hidden />
          )
        ) : null}
      </button>
    </td>
  )
}
