import { type FilterOperator, filters } from '@tessera/platform/fields/filters.js'
import { isAskable } from '@tessera/platform/model/masked.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { linkFields } from '../../fields/condition-fields.js'
import { type Condition, operatorsOf } from '../../fields/conditions.js'
import { seenFields } from '../../fields/selection.js'

/** The value that a comparison starts with. */
export const usualValue = (operator: FilterOperator): unknown =>
  filters[operator].input === 'flag' ? true : filters[operator].input === 'many' ? [] : operator === 'within' ? 'this:month' : null

/** The condition that a field starts with. */
export function firstCondition(field: FieldModel): Condition {
  const operator = operatorsOf(field)[0] ?? 'isNull'
  return { field: field.name, operator, value: field.class.name === 'boolean' ? true : usualValue(operator) }
}

/** The fields and links that conditions can be laid on; beside a field that points at several objects, at which it does. */
export const filterFields = (object: ObjectModel): FieldModel[] =>
  [...seenFields(object).flatMap(field => (field.targets ? [field, ...typesOf(field, object)] : [field])), ...linkFields(object)].filter(
    field => isAskable(field) && field.definition.inFilter !== false && field.type.name !== 'formula' && operatorsOf(field).length > 0,
  )

const typesOf = (field: FieldModel, object: ObjectModel): FieldModel[] =>
  Object.values(object.fields).filter(({ typeOf }) => typeOf === field.name)
