import type { ActionName } from '../definitions/role.js'
import type { Model, ObjectModel } from '../model/model.js'
import { conditionText } from '../query/condition.js'
import { lookup } from '../registry.js'
import type { ObjectAccess } from './object-access.js'
import { type Profile, profileOf } from './profile.js'

/** What becomes of the records that somebody sees: some where there were none, none where there were some, others, or the same. */
export type ReadChange = 'gains' | 'loses' | 'changes' | 'same'

/** How two sets of rights differ for one object. */
export interface SightChange {
  /** The object as it is called in the model to come. */
  readonly object: string
  readonly read: ReadChange
  readonly actionsGained: readonly ActionName[]
  readonly actionsLost: readonly ActionName[]
  /** Names of fields that come into sight, whole or in part, and of those that go. */
  readonly fieldsGained: readonly string[]
  readonly fieldsLost: readonly string[]
}

/** How two sets of rights differ for one object and one role. */
export interface RoleSight extends SightChange {
  readonly role: string
}

/** What each role lets see and do differently in another model; objects and fields that only one of them has do not count. */
export function roleSights(before: Model, after: Model): RoleSight[] {
  const roles = [...new Set([...Object.keys(after.roles), ...Object.keys(before.roles)])]
  return roles.flatMap(role =>
    sightsOf(before, profileOf([role], before), after, profileOf([role], after)).map(sight => ({ role, ...sight })),
  )
}

/** How the rights of one profile differ from those of another, object by object. */
export function sightsOf(before: Model, had: Profile, after: Model, has: Profile): SightChange[] {
  return Object.values(after.objects).flatMap((object): SightChange[] => {
    const former = Object.values(before.objects).find(({ table }) => table === object.table)
    if (!former || object.junction) return []
    const [old, now] = [lookup(had.objects, former.name), lookup(has.objects, object.name)]
    const change = { object: object.name, ...recordsAndActions(former, old, object, now), ...fieldsBetween(former, old, object, now) }
    const isSame =
      change.read === 'same' &&
      change.actionsGained.length + change.actionsLost.length + change.fieldsGained.length + change.fieldsLost.length === 0
    return isSame ? [] : [change]
  })
}

type Access = ObjectAccess | undefined

/** What decides which records are covered: the condition, and where the object's own `access` has a word in it, that too. */
function coverage({ definition }: ObjectModel, access: ObjectAccess): string {
  const text = conditionText(access.actions.read ?? null)
  return /"(reach|shared)"/.test(text) ? `${text} ${JSON.stringify(definition.access ?? null)}` : text
}

function recordsAndActions(former: ObjectModel, old: Access, object: ObjectModel, now: Access) {
  const actions = (access: Access) => (Object.keys(access?.actions ?? {}) as ActionName[]).filter(action => action !== 'read')
  const [had, has] = [actions(old), actions(now)]
  const read: ReadChange = !old
    ? now
      ? 'gains'
      : 'same'
    : !now
      ? 'loses'
      : coverage(former, old) === coverage(object, now)
        ? 'same'
        : 'changes'
  return {
    read,
    actionsGained: has.filter(action => !had.includes(action)),
    actionsLost: had.filter(action => !has.includes(action)),
  }
}

/** Fields that both models have, and that are seen in one of them more than in the other. */
function fieldsBetween(former: ObjectModel, old: Access, object: ObjectModel, now: Access) {
  const columns = new Map(Object.values(former.fields).map(field => [field.columns[0]?.name ?? field.name, field.name]))
  const sight = (access: Access, field: string): number => (!access || access.hidden.has(field) ? 0 : access.masked.has(field) ? 1 : 2)
  const both = Object.values(object.fields).flatMap(field => {
    const name = columns.get(field.columns[0]?.name ?? field.name)
    const isCompanion = field.currencyOf !== null || field.sinceOf !== undefined || field.typeOf !== undefined
    return name === undefined || field.system || isCompanion || !old || !now
      ? []
      : [{ name: field.name, by: sight(now, field.name) - sight(old, name) }]
  })
  return {
    fieldsGained: both.filter(({ by }) => by > 0).map(({ name }) => name),
    fieldsLost: both.filter(({ by }) => by < 0).map(({ name }) => name),
  }
}
