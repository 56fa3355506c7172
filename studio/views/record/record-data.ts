import { formsOf } from '@tessera/platform/forms/form-schema.js'
import { isDefined } from '@tessera/platform/model/junctions.js'
import type { ChildModel, FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { fieldNamed } from '@tessera/platform/model/scope.js'
import { isLong } from '@tessera/platform/model/seen.js'
import { ruledFields } from '@tessera/platform/records/check-fields.js'
import { formReads } from '@tessera/platform/records/form-reads.js'
import { namesForEditing } from '@tessera/platform/records/locks.js'
import { useMemo } from 'react'
import { useApp } from '../../api/app.js'
import { type RecordValues, useRecord } from '../../api/records.js'
import { faceOf } from '../../fields/index.js'
import { seenFields, selectionOf, statusOf, titleName } from '../../fields/selection.js'
import { linksSelection } from '../../forms/links-input.js'

const mostHighlights = 9
const mostLines = 200
const relatedShown = 5
const roomyColumns = 4

/** Records of another object that belong to a record, with what is shown of them. */
export interface Children {
  readonly child: ChildModel
  readonly object: ObjectModel
  readonly fields: readonly FieldModel[]
}

/** What a line comes to always stands last: the amount that is computed of its others. */
function withAmount(object: ObjectModel, fields: readonly FieldModel[]): FieldModel[] {
  const amount = Object.values(object.fields).findLast(field => field.definition.returns === 'money' && !field.definition.hidden)
  return amount ? [...fields.filter(field => field !== amount), amount] : [...fields]
}

/** Many columns leave no room for free text beside what names a line. */
const withoutProse = (fields: readonly FieldModel[]): readonly FieldModel[] =>
  fields.length > roomyColumns ? fields.filter((field, at) => at === 0 || field.type.name !== 'text') : fields

/** The fields that a line or a related record shows in a small table. */
function childFields(object: ObjectModel, owned: boolean): FieldModel[] {
  const title = object.fields[titleName(object)]
  const marked = seenFields(object).filter(
    field =>
      !field.system &&
      field.definition.inList !== false &&
      !isLong(field) &&
      field.relation?.kind !== 'masterDetail' &&
      field.type.name !== 'currency',
  )
  const chosen = marked.some(field => field.definition.inList) ? marked.filter(field => field.definition.inList) : marked
  if (owned) return withAmount(object, withoutProse(chosen).slice(0, 6))
  const status = statusOf(object)
  const fields = [title, status, ...chosen.filter(field => faceOf(field).card === 'value' || faceOf(field).card === 'date')]
  return [...new Set(fields.filter(field => field !== undefined))].slice(0, 4)
}

/** What belongs to a record of an object: lines first, then what points at it. */
export function useChildren(object: ObjectModel): Children[] {
  const { model } = useApp()
  return useMemo(
    () =>
      Object.values(object.children)
        .flatMap(child => {
          const of = Object.hasOwn(model.objects, child.object) ? model.objects[child.object] : undefined
          return of && isDefined(of) ? [{ child, object: of, fields: childFields(of, child.owned) }] : []
        })
        .sort((left, right) => Number(right.child.owned) - Number(left.child.owned)),
    [object, model],
  )
}

/** The fields that rules decide about, and those that they read. */
const namesForRules = (object: ObjectModel, model: Model): string[] => [
  ...ruledFields(object).map(field => field.name),
  ...[undefined, ...formsOf(model, object)]
    .flatMap(form => formReads(object, form, model))
    .flatMap(([first = '']) => fieldNamed(object, first)?.name ?? []),
]

/** A record with all its fields and the first of what belongs to it. */
export function useRecordPage(object: ObjectModel, id: string) {
  const { model } = useApp()
  const children = useChildren(object)
  const select = useMemo(() => {
    const seen = seenFields(object).map(field => field.name)
    const own = selectionOf(object, [...seen, ...namesForRules(object, model), ...namesForEditing(object, seen, model)], model)
    const parts = children.map(({ child, object: of, fields }) => {
      const inner = selectionOf(of, [...fields.map(field => field.name), ...namesForRules(of, model)], model)
      const list = `${child.name}(first: ${child.owned ? mostLines : relatedShown}) { totalCount nodes { ${inner} } }`
      return child.through ? `${list} ${linksSelection(child, model)}` : list
    })
    return [own, ...parts].join(' ')
  }, [object, model, children])
  const own = useMemo(
    () =>
      selectionOf(
        object,
        seenFields(object).map(field => field.name),
        model,
      ),
    [object, model],
  )
  return { children, select, own, query: useRecord(object, id, select) }
}

/** The first records of a child, as they came with their parent. */
export function nodesOf(record: RecordValues, child: ChildModel): { nodes: readonly RecordValues[]; total: number } {
  const connection = record[child.name] as { nodes?: RecordValues[]; totalCount?: number } | undefined
  return { nodes: connection?.nodes ?? [], total: connection?.totalCount ?? connection?.nodes?.length ?? 0 }
}

/** The fields that stand at the left of a record: the ones that say most, without title, status and long texts. */
export function highlightsOf(object: ObjectModel): FieldModel[] {
  const title = titleName(object)
  const status = statusOf(object)?.name
  const own = seenFields(object).filter(
    field =>
      !field.system &&
      field.name !== title &&
      field.name !== status &&
      field.type.name !== 'autonumber' &&
      !isLong(field) &&
      field.type.name !== 'currency',
  )
  const listed = own.filter(field => field.definition.inList)
  const others = own.filter(field => !listed.includes(field))
  const owner = object.hasOwner && object.fields.owner ? [object.fields.owner] : []
  return [...[...listed, ...others].slice(0, mostHighlights), ...owner]
}

/** The number that stands above the title of a record. */
export const numberOf = (object: ObjectModel): FieldModel | undefined =>
  Object.values(object.fields).find(field => field.type.name === 'autonumber' && field.name !== titleName(object))

/** The fields of a record that are neither in its head nor among its highlights. */
export function detailsOf(object: ObjectModel): FieldModel[] {
  const shown = new Set([...highlightsOf(object), numberOf(object), statusOf(object)].map(field => field?.name))
  return seenFields(object).filter(field => !shown.has(field.name) && field.name !== titleName(object))
}
