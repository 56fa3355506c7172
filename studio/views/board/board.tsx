import type { CollisionDetection, DragEndEvent, DragStartEvent } from '@dnd-kit/core'
import {
  DndContext,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  rectIntersection,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import type { FieldModel, ObjectModel, ViewModel } from '@tessera/platform/model/model.js'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CurrencySight, useApp, useLabel } from '../../api/app.js'
import type { RecordValues } from '../../api/records.js'
import { mayWrite } from '../../api/rights.js'
import { textOf } from '../../fields/face.js'
import { toastFailure } from '../../ui/toast.js'
import type { ListState } from '../list/list-state.js'
import { whyAction } from '../states/take.js'
import { BoardCard } from './board-card.js'
import { BoardColumn } from './board-column.js'
import { type BoardLane, cardParts, useBoardLanes, useBoardSelect } from './board-data.js'
import { columnCoordinates } from './board-keys.js'
import { useBoardLive } from './board-live.js'
import { type Move, useMove } from './board-move.js'
import { type LaneRefusal, useRefusals } from './board-refusals.js'
import './board.css'

interface BoardProps {
  object: ObjectModel
  state: ListState
  field: FieldModel
  view: ViewModel | undefined
}

// The pointer says where a card goes; a keyboard has none, then the place of the card does.
const underPointer: CollisionDetection = given => {
  const hits = pointerWithin(given)
  return hits.length > 0 ? hits : rectIntersection(given)
}

// a card held at the edge brings the next column, not the last one
const gently = { threshold: { x: 0.12, y: 0.12 }, acceleration: 3, interval: 8 }

/** Records as cards in one column for each option; dragging a card writes the option. */
export default function Board({ object, state, field, view }: BoardProps) {
  const app = useApp()
  const { t } = useTranslation()
  const parts = useMemo(() => cardParts(object, view, field), [object, view, field])
  const select = useBoardSelect(object, parts, field)
  const { lanes, isMixed } = useBoardLanes(object, state, field, parts.value)
  const { move, isMoving } = useHeldWhile(useMove(object, field, select))
  const canMove = mayWrite(app, object, field.name)
  const [dragged, setDragged] = useState<RecordValues>()
  useBoardLive({ object, field, select, where: state.where, isHeld: dragged !== undefined || isMoving })
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: columnCoordinates,
      keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] },
    }),
  )
  const refusals = useRefusals(object, field, dragged)
  const onStart = ({ active }: DragStartEvent) => setDragged(active.data.current?.record as RecordValues | undefined)
  const onEnd = ({ active, over }: DragEndEvent) => {
    setDragged(undefined)
    const record = active.data.current?.record as RecordValues | undefined
    const refusal = over ? refusals[String(over.id)] : undefined
    if (refusal) toastFailure(refusal.text, refusal.offer && whyAction(refusal.offer, t))
    else if (record && over) void move(record, String(over.id))
  }
  const announcements = useAnnouncements(object, lanes, refusals)
  return (
    <CurrencySight mixed={isMixed}>
      <DndContext
        sensors={canMove ? sensors : []}
        collisionDetection={underPointer}
        autoScroll={gently}
        onDragStart={onStart}
        onDragEnd={onEnd}
        onDragCancel={() => setDragged(undefined)}
        accessibility={announcements}
      >
        <div className={dragged ? 'board carrying' : 'board'}>
          {lanes.map(lane => (
            <BoardColumn
              key={lane.value}
              object={object}
              state={state}
              field={field}
              lane={lane}
              lanes={lanes}
              parts={parts}
              select={select}
              onMove={canMove ? move : undefined}
              refusal={dragged ? refusals[lane.value]?.text : undefined}
            />
          ))}
        </div>
        <DragOverlay dropAnimation={null}>
          {dragged ? <BoardCard object={object} record={dragged} parts={parts} isLifted /> : null}
        </DragOverlay>
      </DndContext>
    </CurrencySight>
  )
}

/** Tells whether a card is on its way: until the server has answered, what it holds is not what is shown. */
function useHeldWhile(write: Move) {
  const [moving, setMoving] = useState(0)
  const move = useCallback<Move>(
    async (record, to) => {
      setMoving(count => count + 1)
      try {
        await write(record, to)
      } finally {
        setMoving(count => count - 1)
      }
    },
    [write],
  )
  return { move, isMoving: moving > 0 }
}

/** What a screen reader hears while a card is moved. */
function useAnnouncements(object: ObjectModel, lanes: readonly BoardLane[], refusals: Readonly<Record<string, LaneRefusal>>) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const title = object.fields[object.title]
  const nameOf = (data: unknown) => {
    const record = (data as { record?: RecordValues } | undefined)?.record
    return (record && title && textOf(title, record, app)) || label(object.label)
  }
  const laneOf = (id: unknown) => lanes.find(lane => lane.value === id)
  return {
    screenReaderInstructions: { draggable: t('board.howTo') },
    announcements: {
      onDragStart: ({ active }: { active: { data: { current?: unknown } } }) => t('board.lifted', { name: nameOf(active.data.current) }),
      onDragOver: ({ over }: { over: { id: unknown } | null }) => {
        const lane = laneOf(over?.id)
        if (!lane) return undefined
        const place = t('board.over', { name: lane.label, at: lanes.indexOf(lane) + 1, count: lanes.length })
        return [place, refusals[lane.value]?.text].filter(part => part).join('. ')
      },
      onDragEnd: ({ active, over }: { active: { data: { current?: unknown } }; over: { id: unknown } | null }) =>
        t('board.dropped', { name: nameOf(active.data.current), lane: laneOf(over?.id)?.label ?? '' }),
      onDragCancel: () => t('board.cancelled'),
    },
  }
}
