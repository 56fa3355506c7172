import type { KeyboardCoordinateGetter } from '@dnd-kit/core'

/** Moves a lifted card by columns: one arrow is one column, whatever its width. */
export const columnCoordinates: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
  if (event.code !== 'ArrowLeft' && event.code !== 'ArrowRight') return undefined
  event.preventDefault()
  const columns = [...context.droppableRects.values()].sort((left, right) => left.left - right.left)
  const card = context.collisionRect
  if (!card) return undefined
  const middle = card.left + card.width / 2
  const here = columns.findIndex(column => middle >= column.left && middle <= column.right)
  const target = columns[here + (event.code === 'ArrowRight' ? 1 : -1)]
  return target ? { x: currentCoordinates.x + target.left - (columns[here]?.left ?? card.left), y: currentCoordinates.y } : undefined
}
