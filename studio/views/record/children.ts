import type { PanelDefinition } from '@tessera/platform/definitions/page.js'
import { isDefined } from '@tessera/platform/model/junctions.js'
import type { ChildModel, FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { isLong } from '@tessera/platform/model/seen.js'
import { lookup } from '@tessera/platform/registry.js'
import type { RecordValues } from '../../api/records.js'
import { faceOf } from '../../fields/index.js'
import { seenFields, statusOf, titleName } from '../../fields/selection.js'
import { orderByOf } from '../list/columns.js'

const mostLines = 200
const relatedShown = 5
const roomyColumns = 4

/** Records of another object that belong to a record, with what is shown of them. */
export interface Children {
  readonly child: ChildModel
  readonly object: ObjectModel
  readonly fields: readonly FieldModel[]
  /** So many of them are read. */
  readonly most: number
  /** In which order, as the API takes it; as their object says unless given. */
  readonly orderBy: readonly Readonly<Record<string, unknown>>[]
  /** Their columns were chosen, so that they are drawn as a table where there is room. */
  readonly hasColumns: boolean
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
export function childFields(object: ObjectModel, owned: boolean): FieldModel[] {
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

/** What is shown of records that belong to another, as a panel says or as usual. */
function childrenOf(child: ChildModel, object: ObjectModel, panel: PanelDefinition | undefined, model: Model): Children {
  const chosen = panel?.columns?.flatMap(name => lookup(object.fields, name) ?? [])
  const title = object.fields[titleName(object)]
  // a line is known by what stands in it, another record by its title
  const first = child.owned || !title ? [] : [title]
  const sort = (panel?.sort ?? []).map(({ field, direction }) => ({ field, direction: direction ?? ('asc' as const) }))
  return {
    child,
    object,
    fields: chosen ? [...new Set([...first, ...chosen])] : childFields(object, child.owned),
    most: panel?.most ?? (child.owned ? mostLines : relatedShown),
    orderBy: orderByOf(object, sort, model.objects),
    hasColumns: chosen !== undefined,
  }
}

/**
 * What belongs to a record of an object: lines first, then what points at it.
 * @param panels that say how some of it is shown
 */
export const allChildren = (object: ObjectModel, model: Model, panels: readonly PanelDefinition[] = []): Children[] =>
  Object.values(object.children)
    .flatMap(child => {
      const of = lookup(model.objects, child.object)
      const panel = panels.find(({ list }) => list === child.name)
      return of && isDefined(of) ? [childrenOf(child, of, panel, model)] : []
    })
    .sort((left, right) => Number(right.child.owned) - Number(left.child.owned))

/** The first records of a child, as they came with their parent. */
export function nodesOf(record: RecordValues, child: ChildModel): { nodes: readonly RecordValues[]; total: number } {
  const connection = record[child.name] as { nodes?: RecordValues[]; totalCount?: number } | undefined
  return { nodes: connection?.nodes ?? [], total: connection?.totalCount ?? connection?.nodes?.length ?? 0 }
}
