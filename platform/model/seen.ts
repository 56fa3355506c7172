import type { FieldModel, ObjectModel } from './model.js'

/** The field that names a record of an object; its id where there is none that can be read. */
export const titleName = (object: ObjectModel | undefined): string =>
  object && Object.hasOwn(object.fields, object.title) ? object.title : 'id'

/** Fields that people see, those of every record last: neither hidden nor there only for another field. */
export function seenFields(object: ObjectModel): FieldModel[] {
  const seen = Object.values(object.fields).filter(
    field => !field.definition.hidden && field.currencyOf === null && !['id', 'version', 'deletedAt'].includes(field.name),
  )
  return [...seen.filter(field => !field.system), ...seen.filter(field => field.system)]
}

/** Whether a field holds text of several lines: it takes a whole row of a form and no column of a list unasked. */
export const isLong = (field: FieldModel): boolean => field.class.name === 'longText' || field.class.name === 'richText'

/** The choice that says where a record stands: the first whose options have a kind, none when there is no such. */
export const statusOf = (object: ObjectModel): FieldModel | undefined =>
  Object.values(object.fields).find(
    field => field.type.name === 'select' && (field.definition.options ?? []).some(option => option.kind !== undefined),
  )
