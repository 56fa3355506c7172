import { useQuery } from '@tanstack/react-query'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { useApp } from './app.js'
import { ask } from './client.js'

/** A record of the member that goes back to the pool, and when. */
export interface Recycled {
  readonly id: string
  readonly at: string
}

const none: readonly Recycled[] = []
const query = 'query Soon($object: String!) { recycledSoon(object: $object) { id at } }'

/** When records of an object go back to the pool by themselves; undefined when they do not, or by a field that the member may not see. */
const recyclingOf = ({ definition }: ObjectModel) => definition.access?.pool?.recycle

/** The field from which on nothing happened to a record; undefined where the member may not see it. */
export const keptBy = (object: ObjectModel): FieldModel | undefined => lookup(object.fields, recyclingOf(object)?.since ?? '')

/** The records that somebody is warned of, as a rule; by whole days, as they are spoken of. */
export function soonRule(object: ObjectModel): unknown {
  const [recycling, since] = [recyclingOf(object), keptBy(object)]
  if (!recycling || !since) return undefined
  const warnedOn = { addDays: [{ var: since.name }, recycling.warn ?? recycling.days] }
  return { and: [{ '==': [{ var: 'owner' }, { var: 'user.id' }] }, { '<=': [warnedOn, { var: 'today' }] }] }
}

/** The member's records that go back to the pool soon, the next one first. Nothing is asked for objects without a pool. */
export function useRecycledSoon(object: ObjectModel): readonly Recycled[] {
  const { member } = useApp()
  const { data = none } = useQuery({
    queryKey: ['totals', object.name, 'soon', member.id],
    queryFn: async ({ signal }) =>
      (await ask<{ recycledSoon: Recycled[] }>('/platform', query, { object: object.name }, signal)).recycledSoon,
    enabled: object.hasOwner && object.definition.access?.pool !== undefined,
    retry: false,
  })
  return data
}
