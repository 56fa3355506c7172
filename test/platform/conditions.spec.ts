import { describe, expect, it } from '@jest/globals'
import { anyOf, bothOf, type Condition, never, underSeen } from '../../platform/query/condition.js'

const reach: Condition = { kind: 'reach', level: 'read' }
const shared: Condition = { kind: 'shared', level: 'read' }
const parent = (of: Condition | null): Condition => ({ kind: 'parent', of })

describe('what is asked of lines under a record that the caller sees', () => {
  it('is nothing where seeing the record is all that they ask', () => {
    expect(underSeen(null, reach)).toBeNull()
    expect(underSeen(parent(reach), reach)).toBeNull()
    expect(underSeen(anyOf([shared, parent(reach)]), reach)).toBeNull()
    expect(underSeen(parent(anyOf([reach, shared])), anyOf([reach, shared]))).toBeNull()
  })

  it('is the rest where they ask more', () => {
    expect(underSeen(bothOf(parent(reach), shared), reach)).toEqual(shared)
    expect(underSeen(reach, reach)).toEqual(reach)
    expect(underSeen(never, reach)).toEqual(never)
  })

  it('is all of it where the record is seen for another reason, or it is denied', () => {
    expect(underSeen(parent(shared), reach)).toEqual(parent(shared))
    expect(underSeen(parent(shared), null)).toEqual(parent(shared))
    const denied: Condition = { kind: 'not', of: parent(reach) }
    expect(underSeen(denied, reach)).toEqual(denied)
  })
})
