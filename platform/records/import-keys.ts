import { isAskable } from '../model/masked.js'
import type { FieldModel, ObjectModel } from '../model/model.js'

/** The fields by which a file can name records of an object: unique ones, and the title. */
export const linkKeys = (target: ObjectModel): readonly FieldModel[] =>
  Object.values(target.fields).filter(
    field =>
      isAskable(field) && field.columns.length > 0 && !field.relation && !field.targets && (isUnique(field) || field.name === target.title),
  )

const isUnique = (field: FieldModel): boolean => field.definition.unique === true || field.type.name === 'autonumber' || field.name === 'id'

/** The fields by which rows can be matched with records that exist. */
export const matchKeys = (object: ObjectModel): readonly FieldModel[] =>
  Object.values(object.fields).filter(
    field => isAskable(field) && isUnique(field) && field.columns.length > 0 && !field.relation && !field.targets,
  )
