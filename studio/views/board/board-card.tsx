import { useDraggable } from '@dnd-kit/core'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { AlarmClock, Ellipsis } from 'lucide-react'
import { type KeyboardEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { recordPath } from '../../api/addresses.js'
import { useApp } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import type { RecordValues } from '../../api/records.js'
import { isEmptyValue, textOf } from '../../fields/face.js'
import { faceOf } from '../../fields/index.js'
import { asStates, lateStay, lengthText, refusalText } from '../../fields/states.js'
import { isKey } from '../../ui/keys.js'
import { Menu } from '../../ui/menu.js'
import type { BoardLane, CardParts } from './board-data.js'
import type { Move } from './board-move.js'

interface BoardCardProps {
  object: ObjectModel
  record: RecordValues
  parts: CardParts
  isLifted?: boolean
}

/** A record as a card: its name, to whom it belongs, what it is worth, who has it, what else the view shows. */
export const BoardCard = memo(function BoardCard({ object, record, parts, isLifted = false }: BoardCardProps) {
  const { t } = useTranslation()
  const app = useApp()
  const name = useAppName()
  const related = parts.related && textOf(parts.related, record, app)
  const late = lateStay(object, record)
  const hasValue = parts.value && !isEmptyValue(record[parts.value.key])
  return (
    <article className={isLifted ? 'board-card lifted' : 'board-card'}>
      <Link className="board-card-title two-lines" to={recordPath(name, object.name, record.id)} draggable={false} tabIndex={-1}>
        {(parts.title && textOf(parts.title, record, app)) || t('record.untitled')}
      </Link>
      {related && <div className="board-card-related cut">{related}</div>}
      {late && (
        <div className="board-card-late" title={t('states.late')}>
          <AlarmClock size={13} aria-hidden /> {t('states.lateNote', { length: lengthText(late.seconds, app.locale) })}
        </div>
      )}
      {hasValue && (
        <div className="board-card-value">
          <span className="num">{parts.value && textOf(parts.value, record, app)}</span>
          {parts.person && <Drawn field={parts.person} record={record} />}
        </div>
      )}
      <div className="board-card-meta">
        {parts.others.map(field =>
          isEmptyValue(record[field.key]) ? null : <CardDetail key={field.name} field={field} record={record} />,
        )}
        {!hasValue && parts.person && (
          <span className="board-card-person">
            <Drawn field={parts.person} record={record} />
          </span>
        )}
      </div>
    </article>
  )
})

function Drawn({ field, record }: { field: FieldModel; record: RecordValues }) {
  const { Display } = faceOf(field)
  return <Display field={field} record={record} place="card" />
}

function CardDetail({ field, record }: { field: FieldModel; record: RecordValues }) {
  const face = faceOf(field)
  return (
    <span className={face.card === 'line' ? 'board-card-detail long' : 'board-card-detail'}>
      {face.card === 'date' && <face.icon size={13} aria-hidden />}
      <face.Display field={field} record={record} place="card" />
    </span>
  )
}

interface DraggableCardProps extends BoardCardProps {
  lanes: readonly BoardLane[]
  current: string
  by: FieldModel
  onMove: Move | undefined
}

/** A card that can be dragged, lifted by keyboard, or moved by its menu. */
export function DraggableCard({ object, record, parts, lanes, current, by, onMove }: DraggableCardProps) {
  const { t } = useTranslation()
  const app = useApp()
  const name = useAppName()
  const navigate = useNavigate()
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({
    id: record.id,
    data: { record },
    disabled: !onMove,
    attributes: { role: 'group', tabIndex: 0 },
  })
  const title = (parts.title && textOf(parts.title, record, app)) || t('record.untitled')
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (isKey(event, 'Enter') && !isDragging && event.target === event.currentTarget)
      void navigate(recordPath(name, object.name, record.id))
    else (listeners?.onKeyDown as ((event: KeyboardEvent) => void) | undefined)?.(event)
  }
  return (
    <div className={isDragging ? 'card-slot dragging' : 'card-slot'}>
      <div ref={setNodeRef} className="card-handle" {...attributes} {...listeners} onKeyDown={onKeyDown} aria-label={title}>
        <BoardCard object={object} record={record} parts={parts} />
      </div>
      {onMove && <CardMenu record={record} title={title} lanes={lanes} current={current} by={by} onMove={onMove} />}
    </div>
  )
}

interface CardMenuProps extends Pick<DraggableCardProps, 'record' | 'lanes' | 'current' | 'by'> {
  title: string
  onMove: Move
}

/** Where a card may go, without dragging it; drawn again only for its card, not for each step of one that is dragged. */
const CardMenu = memo(function CardMenu({ record, title, lanes, current, by, onMove }: CardMenuProps) {
  const { t } = useTranslation()
  const app = useApp()
  const states = asStates(by)
  const entries = lanes
    .filter(lane => lane.value !== current && !(states && refusalText(states, current, lane.value, record, app)))
    .map(lane => ({ key: lane.value, label: lane.label, run: () => void onMove(record, lane.value) }))
  return (
    <Menu label={t('board.moveTo')} groups={[{ key: 'to', label: t('board.moveTo'), entries }]}>
      <button type="button" className="card-menu" aria-label={t('board.menu', { name: title })}>
        <Ellipsis size={16} aria-hidden />
      </button>
    </Menu>
  )
})
