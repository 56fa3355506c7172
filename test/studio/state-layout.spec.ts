import { describe, expect, it } from '@jest/globals'
import { layOutStates } from '../../studio/builder/state-layout.js'

const way = (transition: string, from: string[] | '*', to: string) => ({ transition, label: transition, from, to })

describe('a drawn state machine', () => {
  it('puts states in their order, ways onward on one side and ways back on the other', () => {
    const { boxes, ways, lanes } = layOutStates(
      ['a', 'b', 'c'],
      [way('on', ['a'], 'b'), way('end', ['a', 'b'], 'c'), way('back', ['c'], 'a')],
    )
    expect(boxes.map(({ value }) => value)).toEqual(['a', 'b', 'c'])
    expect(ways.map(({ transition, side, lane }) => [transition, side, lane])).toEqual([
      ['on', 'down', 0],
      ['end', 'down', 1],
      ['back', 'up', 0],
    ])
    expect(lanes).toEqual({ down: 2, up: 1 })
    for (const { from, to, side } of ways) for (const y of from) expect(side === 'down' ? to - y : y - to).toBeGreaterThan(0)
  })

  it('runs no two ways over one another: those that meet have lanes of their own, others share one', () => {
    const states = ['a', 'b', 'c', 'd']
    const { ways, lanes } = layOutStates(states, [way('one', ['a'], 'b'), way('two', ['c'], 'd'), way('long', ['a'], 'd')])
    expect(ways.map(({ lane }) => lane)).toEqual([0, 0, 1])
    expect(lanes.down).toBe(2)
  })

  it('gives each way its own place at its target, within the box', () => {
    const transitions = ['t1', 't2', 't3', 't4'].map(name => way(name, ['a'], 'b'))
    const { boxes, ways } = layOutStates(['a', 'b'], transitions)
    const places = ways.map(({ to }) => to)
    expect(new Set(places).size).toBe(4)
    const box = boxes[1]
    for (const y of places) expect(y > (box?.y ?? 0) && y < (box?.y ?? 0) + (box?.height ?? 0)).toBe(true)
  })

  it('parts a way that leads from both sides, and draws one from any state and one to itself', () => {
    const { ways } = layOutStates(['a', 'b', 'c'], [way('mid', ['a', 'c'], 'b'), way('any', '*', 'c'), way('again', ['b'], 'b')])
    expect(ways.map(({ transition, side, from }) => [transition, side, from.length])).toEqual([
      ['mid', 'down', 1],
      ['mid', 'up', 1],
      ['any', 'down', 0],
      ['again', 'down', 1],
    ])
    expect(ways[2]?.lane).toBeNull()
  })

  it('leaves out what leads from or to no state, and stands empty without states', () => {
    expect(layOutStates(['a'], [way('gone', ['a'], 'x'), way('from', ['x'], 'a')]).ways).toEqual([])
    expect(layOutStates([], []).height).toBe(0)
  })
})
