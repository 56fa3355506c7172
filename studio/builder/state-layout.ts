import type { TransitionDefinition } from '@tessera/platform/fields/states-shape.js'

/** A state as a box of the diagram; boxes stand in one column. */
export interface StateBox {
  readonly value: string
  readonly y: number
  readonly height: number
}

/** A transition, or the part of it that runs on one side: from its sources along a lane into its target. */
export interface TransitionWay {
  readonly transition: string
  readonly side: 'down' | 'up'
  /** Which lane of its side it runs along, the innermost is 0; null when it comes from any state. */
  readonly lane: number | null
  /** Where it leaves each of its sources. */
  readonly from: readonly number[]
  /** Where it enters its target. */
  readonly to: number
}

/** Where everything of a diagram stands, seen from above. */
export interface StateLayout {
  readonly boxes: readonly StateBox[]
  readonly ways: readonly TransitionWay[]
  /** How many lanes there are on each side. */
  readonly lanes: { readonly down: number; readonly up: number }
  readonly height: number
}

const slotHeight = 20
const padding = 7
const gap = 16
const leastHeight = 36

interface Part {
  readonly transition: string
  readonly side: 'down' | 'up'
  readonly sources: readonly number[]
  readonly target: number
  readonly isAny: boolean
}

/**
 * Lays a state machine out: states in their order from above, ways onward on the right side, ways back on the left.
 * Every way has a lane of its own where it would else run over another; names that are no state are left out.
 */
export function layOutStates(states: readonly string[], transitions: readonly TransitionDefinition[]): StateLayout {
  const parts = transitions.flatMap(transition => partsOf(transition, states))
  let y = 0
  const boxes = states.map((value, index): StateBox => {
    const slots = Math.max(...(['down', 'up'] as const).map(side => slotsAt(parts, index, side).length))
    const box = { value, y, height: Math.max(leastHeight, slots * slotHeight + 2 * padding) }
    y += box.height + gap
    return box
  })
  const placeOf = (part: Part | null, index: number, side: Part['side']): number => {
    const slots = slotsAt(parts, index, side)
    const { y: top, height } = boxes[index] ?? { y: 0, height: 0 }
    return top + height / 2 + (slots.indexOf(part) - (slots.length - 1) / 2) * slotHeight
  }
  const ways = parts.map(part => ({
    transition: part.transition,
    side: part.side,
    from: part.isAny ? [] : part.sources.map(index => placeOf(null, index, part.side)),
    to: placeOf(part, part.target, part.side),
  }))
  return { boxes, ...inLanes(ways), height: Math.max(0, y - gap) }
}

function partsOf({ transition, from, to }: TransitionDefinition, states: readonly string[]): Part[] {
  const target = states.indexOf(to)
  if (target < 0) return []
  if (from === '*') return [{ transition, side: 'down', sources: [], target, isAny: true }]
  const sources = from.map(value => states.indexOf(value)).filter(index => index >= 0)
  const sides = { down: sources.filter(index => index <= target), up: sources.filter(index => index > target) }
  return (['down', 'up'] as const).flatMap(side =>
    sides[side].length > 0 ? [{ transition, side, sources: sides[side], target, isAny: false }] : [],
  )
}

/** What meets a side of a box, from above: ways that come in, and one place (null) where all others leave. */
function slotsAt(parts: readonly Part[], index: number, side: Part['side']): readonly (Part | null)[] {
  const entering = parts.filter(part => part.side === side && part.target === index)
  const isLeft = parts.some(part => part.side === side && part.sources.includes(index))
  if (!isLeft) return entering
  return side === 'down' ? [...entering, null] : [null, ...entering]
}

/** Gives each way the innermost lane in which it meets no other, short ways first. */
function inLanes(ways: readonly Omit<TransitionWay, 'lane'>[]): Pick<StateLayout, 'ways' | 'lanes'> {
  const taken: Record<'down' | 'up', { from: number; to: number }[][]> = { down: [], up: [] }
  const spans = ways.map(({ from, to }) => ({ from: Math.min(...from, to), to: Math.max(...from, to) }))
  const lengthOf = (index: number): number => (spans[index]?.to ?? 0) - (spans[index]?.from ?? 0)
  const laneOf = new Map<number, number>()
  for (const index of [...ways.keys()].sort((left, right) => lengthOf(left) - lengthOf(right))) {
    const [way, span] = [ways[index], spans[index]]
    if (!way || !span || way.from.length === 0) continue
    const lanes = taken[way.side]
    const free = lanes.findIndex(lane => lane.every(other => other.to < span.from || span.to < other.from))
    const lane = free < 0 ? lanes.length : free
    lanes[lane] = [...(lanes[lane] ?? []), span]
    laneOf.set(index, lane)
  }
  return {
    ways: ways.map((way, index) => ({ ...way, lane: laneOf.get(index) ?? null })),
    lanes: { down: taken.down.length, up: taken.up.length },
  }
}
