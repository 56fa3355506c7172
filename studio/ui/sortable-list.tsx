import {
  type CollisionDetection,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { GripVertical } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export interface SortableItem {
  readonly id: string
  readonly title: string
}

interface SortableListProps<T extends SortableItem> {
  items: readonly T[]
  label: string
  className: string
  onMove: (id: string, to: number) => void
  children: (item: T, handle: ReactNode, index: number) => ReactNode
}

/**
 * The row that a dragged one is over. The keyboard lays it on an edge of the row that it goes to, so the row with the nearest edge is meant,
 * however tall it is; with a pointer the one with the nearest middle.
 */
const rowBelow: CollisionDetection = args => {
  if (args.pointerCoordinates) return closestCenter(args)
  const { top, bottom } = args.collisionRect
  return args.droppableContainers
    .flatMap(droppableContainer => {
      const rect = args.droppableRects.get(droppableContainer.id)
      const value = rect ? Math.min(Math.abs(rect.top - top), Math.abs(rect.bottom - bottom)) : 0
      return rect ? [{ id: droppableContainer.id, data: { droppableContainer, value } }] : []
    })
    .sort((left, right) => left.data.value - right.data.value)
}

/** Items that are put in order by dragging a handle, with the mouse, a finger or the keyboard. */
export function SortableList<T extends SortableItem>({ items, label, className, onMove, children }: SortableListProps<T>) {
  const { t } = useTranslation()
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: sortableKeyboardCoordinates,
      keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] },
    }),
  )
  const titleOf = (id: unknown) => items.find(item => item.id === id)?.title ?? ''
  const placeOf = (id: unknown) => items.findIndex(item => item.id === id) + 1
  const onEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onMove(String(active.id), placeOf(over.id) - 1)
  }
  const announcements = {
    onDragStart: ({ active }: { active: { id: unknown } }) =>
      t('drag.lifted', { name: titleOf(active.id), at: placeOf(active.id), count: items.length }),
    onDragOver: ({ active, over }: { active: { id: unknown }; over: { id: unknown } | null }) =>
      over ? t('drag.over', { name: titleOf(active.id), at: placeOf(over.id), count: items.length }) : undefined,
    onDragEnd: ({ active, over }: { active: { id: unknown }; over: { id: unknown } | null }) =>
      t('drag.dropped', { name: titleOf(active.id), at: placeOf(over?.id ?? active.id), count: items.length }),
    onDragCancel: ({ active }: { active: { id: unknown } }) => t('drag.cancelled', { name: titleOf(active.id) }),
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={rowBelow}
      onDragEnd={onEnd}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('drag.howTo') } }}
    >
      <SortableContext items={items.map(item => item.id)} strategy={verticalListSortingStrategy}>
        <ul className={className} aria-label={label}>
          {items.map((item, index) => (
            <SortableRow key={item.id} item={item}>
              {handle => children(item, handle, index)}
            </SortableRow>
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  )
}

function SortableRow({ item, children }: { item: SortableItem; children: (handle: ReactNode) => ReactNode }) {
  const { t } = useTranslation()
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({ id: item.id })
  const handle = (
    <button
      type="button"
      className="drag-handle"
      ref={setActivatorNodeRef}
      {...attributes}
      {...listeners}
      aria-label={t('drag.handle', { name: item.title })}
    >
      <GripVertical size={14} aria-hidden />
    </button>
  )
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={isDragging ? 'dragging' : undefined}
    >
      {children(handle)}
    </li>
  )
}
