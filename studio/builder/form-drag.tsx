import {
  type Active,
  type ClientRect,
  type CollisionDetection,
  closestCorners,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  type DroppableContainer,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  MouseSensor,
  type Over,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { type ReactNode, useState } from 'react'
import { type FormDesign, useFormDesign } from './form-design.js'
import { type Dragged, placeIn, type Target, takes } from './form-drop.js'

const draggedOf = ({ data }: Active): Dragged | undefined => data.current?.dragged as Dragged | undefined
const targetOf = ({ data }: Pick<Over, 'data'> | DroppableContainer): Target | undefined => data.current?.target as Target | undefined

const isItself = (dragged: Dragged, target: Target): boolean =>
  'name' in dragged && dragged.kind === target.kind && dragged.name === target.name

/** The places that take what is dragged. */
const taking = (active: Active, containers: readonly DroppableContainer[]): DroppableContainer[] => {
  const dragged = draggedOf(active)
  return containers.filter(container => {
    const target = targetOf(container)
    return dragged !== undefined && target !== undefined && !container.disabled && takes(dragged, target)
  })
}

/** The places by how far their first corner lies from that of what is moved. */
const nearestCorner: CollisionDetection = ({ collisionRect, droppableContainers, droppableRects }) =>
  droppableContainers
    .flatMap(droppableContainer => {
      const rect = droppableRects.get(droppableContainer.id)
      const value = rect ? Math.hypot(rect.left - collisionRect.left, rect.top - collisionRect.top) : 0
      return rect ? [{ id: droppableContainer.id, data: { droppableContainer, value } }] : []
    })
    .sort((left, right) => left.data.value - right.data.value)

/** With a pointer the smallest place below it, near it the nearest one; the keyboard lays what it moves on the corner of a place. */
const placeBelow: CollisionDetection = args => {
  const droppableContainers = taking(args.active, args.droppableContainers)
  if (!args.pointerCoordinates) return nearestCorner({ ...args, droppableContainers })
  const area = (id: string | number) => {
    const rect = args.droppableRects.get(id)
    return rect ? rect.width * rect.height : 0
  }
  const below = pointerWithin({ ...args, droppableContainers }).sort((left, right) => area(left.id) - area(right.id))
  return below.length > 0 ? below : closestCorners({ ...args, droppableContainers })
}

const inReadingOrder = (left: ClientRect, right: ClientRect): number => left.top - right.top || left.left - right.left

/** One arrow is one place, forwards or back, in the order in which a form is read. */
const nextPlace: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.code]
  const { active, over, collisionRect, droppableRects, droppableContainers } = context
  if (step === undefined || !active || !collisionRect) return undefined
  event.preventDefault()
  const dragged = draggedOf(active)
  const places = taking(active, droppableContainers.getEnabled())
    .filter(container => {
      const target = targetOf(container)
      return container.id === over?.id || !dragged || !target || !isItself(dragged, target)
    })
    .flatMap(({ id }) => {
      const rect = droppableRects.get(id)
      return rect ? [{ id, rect }] : []
    })
    .sort((left, right) => inReadingOrder(left.rect, right.rect))
  const here = places.findIndex(({ id }) => id === over?.id)
  const next = places[here < 0 ? 0 : Math.min(places.length - 1, Math.max(0, here + step))]
  if (!next) return undefined
  return { x: currentCoordinates.x + next.rect.left - collisionRect.left, y: currentCoordinates.y + next.rect.top - collisionRect.top }
}

/** What is dragged, as people call it. */
const dragTitle = ({ t, titleOf }: FormDesign, dragged: Dragged): string =>
  'name' in dragged ? titleOf(dragged) : t(`formDesigner.${dragged.kind}`)

/** Where something would go, in words. */
function placeText({ form, t, titleOf }: FormDesign, target: Target): string {
  const name = titleOf({ kind: target.kind === 'end' ? 'section' : target.kind, name: target.name })
  const place = target.kind === 'field' ? placeIn(form, target.name) : undefined
  if (!place) return t(`formDesigner.at.${target.kind}`, { name })
  const section = titleOf({ kind: 'section', name: place.section.section })
  return t('formDesigner.at.field', { name, section, at: place.at, count: place.section.fields.length })
}

function useAnnouncements(design: FormDesign) {
  const { t } = design
  const named = (active: Active) => {
    const dragged = draggedOf(active)
    return dragged ? dragTitle(design, dragged) : ''
  }
  const place = (over: Over | null) => {
    const target = over ? targetOf(over) : undefined
    return target ? placeText(design, target) : t('formDesigner.nowhere')
  }
  return {
    screenReaderInstructions: { draggable: t('formDesigner.howTo') },
    announcements: {
      onDragStart: ({ active }: { active: Active }) => t('formDesigner.lifted', { name: named(active) }),
      // where it stood it is only lifted
      onDragOver: ({ active, over }: { active: Active; over: Over | null }) => {
        const [dragged, target] = [draggedOf(active), over ? targetOf(over) : undefined]
        return dragged && target && isItself(dragged, target) ? t('formDesigner.lifted', { name: named(active) }) : place(over)
      },
      onDragEnd: ({ active, over }: { active: Active; over: Over | null }) =>
        t('formDesigner.dropped', { name: named(active), place: place(over) }),
      onDragCancel: ({ active }: { active: Active }) => t('drag.cancelled', { name: named(active) }),
    },
  }
}

/** Dragging over a form, from the palette and within it: with the mouse, a finger or the keyboard, which tells where. */
export function FormDrag({ children }: { children: ReactNode }) {
  const design = useFormDesign()
  const [lifted, setLifted] = useState<Dragged>()
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: nextPlace,
      keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] },
    }),
  )
  const onEnd = ({ active, over }: DragEndEvent) => {
    setLifted(undefined)
    const [dragged, target] = [draggedOf(active), over ? targetOf(over) : undefined]
    if (dragged && target && !isItself(dragged, target)) design.drop(dragged, target)
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={placeBelow}
      onDragStart={({ active }: DragStartEvent) => setLifted(draggedOf(active))}
      onDragEnd={onEnd}
      onDragCancel={() => setLifted(undefined)}
      accessibility={useAnnouncements(design)}
    >
      {children}
      <DragOverlay dropAnimation={null}>{lifted ? <div className="form-lifted">{dragTitle(design, lifted)}</div> : null}</DragOverlay>
    </DndContext>
  )
}
