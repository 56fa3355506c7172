import type { FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { fieldAlong } from '@tessera/platform/model/scope.js'
import { lookup } from '@tessera/platform/registry.js'
import { useLabel } from '../api/app.js'
import { seenFields } from '../fields/selection.js'
import { allRows, type ConditionRow, type Conditions, operatorsFor } from './condition-rows.js'
import { useTexts } from './texts.js'

/** Over which records a condition is, and what it may name beside them. */
export interface ConditionScope {
  readonly object: ObjectModel
  readonly model: Model
  /** Whether it is asked while the record is written, so that it can be new or changed. */
  readonly isWritten: boolean
  /** The object of the record that is edited, where the condition is over records that it may point at. */
  readonly edited?: ObjectModel | undefined
}

/** What a rule says of whether the record is being made. */
export const isNew = 'record.isNew'
const member = 'user.id'
const parent = 'parent.'

/** The field at a path of a condition; null when rows cannot show it. */
export function fieldAt({ object, model, edited }: ConditionScope, path: string): FieldModel | null {
  const names = path.split('.')
  if (!path.startsWith(parent)) return fieldAlong(object, model.objects, names)
  if (edited) return names.length === 2 ? fieldAlong(edited, model.objects, names.slice(1)) : null
  return object.detail ? fieldAlong(object, model.objects, [object.detail.name, ...names.slice(1)]) : null
}

/** Whether rows can show a condition as it is: each names a field, and is compared with a value or with what such a field can be compared with. */
export const isShowable = (conditions: Conditions, scope: ConditionScope): boolean =>
  allRows(conditions).every(row => (row.field === isNew && scope.isWritten) || isRowShowable(row, scope))

function isRowShowable({ field: path, operator, other }: ConditionRow, scope: ConditionScope): boolean {
  const field = fieldAt(scope, path)
  if (!field) return false
  if (other === undefined) return true
  return operatorsFor(field, path).includes(operator) && othersOf(field, path, scope).some(one => one.path === other)
}

interface Other {
  readonly path: string
  /** Null where it is the member who asks. */
  readonly field: FieldModel | null
}

/** What a field can be compared with that is no value: the member who asks, other fields of the record, those of the record that is edited. */
function othersOf(field: FieldModel, path: string, scope: ConditionScope): Other[] {
  const isAlike = (one: FieldModel): boolean =>
    one.class.rule === field.class.rule &&
    one.relation?.to === field.relation?.to &&
    one.relation?.kind === field.relation?.kind &&
    !one.definition.options === !field.definition.options
  const fieldsOf = (object: ObjectModel, before: string): Other[] =>
    seenFields(object)
      .filter(one => isAlike(one) && `${before}${one.name}` !== path)
      .map(one => ({ path: `${before}${one.name}`, field: one }))
  if (typeof field.class.rule !== 'string' || field.class.rule === 'boolean') return []
  return [
    ...(field.relation?.kind === 'member' ? [{ path: member, field: null }] : []),
    ...(scope.edited ? fieldsOf(scope.edited, parent) : []),
    ...fieldsOf(scope.object, ''),
  ]
}

interface PathChoice {
  readonly value: string
  readonly label: string
}

/** The same to be chosen from. */
export function useOtherChoices(scope: ConditionScope, field: FieldModel | null, path: string): PathChoice[] {
  const { t } = useTexts()
  const label = useLabel()
  if (!field) return []
  return othersOf(field, path, scope).map(other => {
    const name = label(other.field?.label)
    const of = other.path.startsWith(parent) ? `${t('condition.edited')} › ${name}` : name
    return { value: other.path, label: other.field ? of : t('condition.me') }
  })
}

/** The fields of an object, those of the records that it points at, and those of the record that is edited. */
export function useFieldChoices({ object, model, isWritten, edited }: ConditionScope): PathChoice[] {
  const { t } = useTexts()
  const label = useLabel()
  const own = seenFields(object)
  const along = own.flatMap(field => {
    const target = lookup(model.objects, field.relation?.to ?? '')
    const beyond = target ? seenFields(target).filter(each => !each.system && !each.relation) : []
    return beyond.map(each => ({ value: `${field.name}.${each.name}`, label: `${label(field.label)} › ${label(each.label)}` }))
  })
  const beside = isWritten ? [{ value: isNew, label: t('condition.isNew') }] : []
  const ofEdited = edited
    ? seenFields(edited).map(each => ({ value: `${parent}${each.name}`, label: `${t('condition.edited')} › ${label(each.label)}` }))
    : []
  return [...own.map(field => ({ value: field.name, label: label(field.label) })), ...beside, ...along, ...ofEdited]
}
