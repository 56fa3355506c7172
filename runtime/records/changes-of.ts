import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { Change, Deed } from '@tessera/platform/records/change.js'
import type { Values } from '@tessera/platform/records/values.js'
import type { Prepared } from './decide.js'

/** A deed that changes no value of a record. */
export const marked = (object: ObjectModel, values: Values, deed: Deed): Change => ({
  object,
  deed,
  id: String(values.id),
  before: values,
  after: values,
  changed: [],
  version: Number(values.version) + 1,
})

/** A change that only points a record somewhere else. */
export const changeOf = (object: ObjectModel, before: Values, values: Values): Change => ({
  object,
  deed: 'updated',
  id: String(before.id),
  before,
  after: { ...before, ...values },
  changed: Object.keys(values),
  version: Number(before.version) + 1,
  isMoved: true,
})

/** A moved record among those that a request is about: problems with it stand under its object and id. */
export const followerOf = ({ object, id }: Change): Prepared => ({
  draft: { object, action: 'update', id, given: {}, by: [], version: null, row: 0, path: `${object.plural}/${id}`, parent: null },
  values: {},
  issues: [],
})
