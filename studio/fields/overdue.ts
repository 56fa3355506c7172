import { dayOf } from '@tessera/platform/fields/zone.js'
import type { FieldModel } from '@tessera/platform/model/model.js'
import { type App, objectOf } from '../api/app.js'
import type { Values } from './face.js'
import { isClosedKind, statusOf } from './selection.js'
import { todayIn } from './today.js'

/** Whether a date has passed on a record where something is still to be done: the date by which the object's lists are ordered is when it is due, unless records begin with that day. */
export function isOverdue(field: FieldModel, record: Values, app: App): boolean {
  const value = record[field.key]
  const object = objectOf(app, field.object)
  const status = object && statusOf(object)
  if (typeof value !== 'string' || !object || !status || object.definition.sort?.[0]?.field !== field.name) return false
  if (field.definition.default === 'today' || field.definition.default === 'now') return false
  const option = status.definition.options?.find(each => each.value === record[status.key])
  if (!option || isClosedKind(option.kind)) return false
  return (field.class.name === 'date' ? value : dayOf(value, app.timeZone)) < todayIn(app.timeZone)
}
