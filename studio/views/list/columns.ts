import { isAskable } from '@tessera/platform/model/masked.js'
import type { FieldModel, ObjectModel, ViewModel } from '@tessera/platform/model/model.js'
import { isLong } from '@tessera/platform/model/seen.js'
import { faceOf } from '../../fields/index.js'
import { seenFields, statusOf, titleName } from '../../fields/selection.js'

/** A column of a list: a field and how wide it is. */
export interface Column {
  readonly field: FieldModel
  readonly width: number
  readonly isTitle: boolean
}

export const minWidth = 72
export const maxWidth = 480
const titleWidth = 280
const widestHead = 200
const usualColumns = 9

/** What a person changed about the columns of a view: which, in which order, how wide. */
export interface ColumnChoice {
  readonly fields?: readonly string[]
  readonly widths?: Readonly<Record<string, number>>
}

const wanted = (column: string | { field: string; width?: number | undefined }) => (typeof column === 'string' ? { field: column } : column)

/** The fields that a list shows when nobody chose: the title, where it stands, then those marked for lists. */
export function usualFields(object: ObjectModel): string[] {
  const marked = seenFields(object).filter(
    field => field.definition.inList !== false && !field.system && !isLong(field) && field.relation?.kind !== 'masterDetail',
  )
  const chosen = marked.some(field => field.definition.inList)
    ? marked.filter(field => field.definition.inList)
    : marked.slice(0, usualColumns)
  const names = [titleName(object), statusOf(object)?.name, ...chosen.map(field => field.name), object.hasOwner ? 'owner' : undefined]
  return [...new Set(names.filter(name => name !== undefined))]
}

/** The names of the fields that can be a column, in the order of the object. */
export const possibleColumns = (object: ObjectModel): FieldModel[] => seenFields(object)

/** The width at which the head of a column is not cut: icon, arrow and room around its text. */
function headWidth(text: string): number {
  const letters = [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffff]/.test(letter) ? 12.5 : 6.8), 0)
  return Math.min(widestHead, Math.round(letters) + 60)
}

/** The columns of a view as its definition and the person have them; the title always stands first. */
export function columnsOf(
  object: ObjectModel,
  view: ViewModel | undefined,
  choice: ColumnChoice,
  label: (field: FieldModel) => string,
): Column[] {
  const defined = (view?.definition.columns ?? []).map(wanted)
  const widths = new Map(defined.flatMap(column => (column.width ? [[column.field, column.width] as const] : [])))
  const names = choice.fields ?? (defined.length > 0 ? defined.map(column => column.field) : usualFields(object))
  const title = titleName(object)
  return [...new Set([title, ...names])].flatMap(name => {
    const field = Object.hasOwn(object.fields, name) ? object.fields[name] : undefined
    if (!field) return []
    const isTitle = name === title
    const width =
      choice.widths?.[name] ?? widths.get(name) ?? (isTitle ? titleWidth : Math.max(faceOf(field).width, headWidth(label(field))))
    return [{ field, width: Math.min(maxWidth, Math.max(minWidth, width)), isTitle }]
  })
}

const place = (object: string, view: string) => `tessera.columns.${object}.${view}`

/** What this person chose on this device. */
export function readColumnChoice(object: string, view: string): ColumnChoice {
  try {
    return JSON.parse(localStorage.getItem(place(object, view)) ?? '{}') as ColumnChoice
  } catch {
    return {}
  }
}

/** Keeps a choice on this device; an empty one forgets it. */
export function keepColumnChoice(object: string, view: string, choice: ColumnChoice): void {
  if (choice.fields || choice.widths) localStorage.setItem(place(object, view), JSON.stringify(choice))
  else localStorage.removeItem(place(object, view))
}

/** How a list is ordered, first to last. */
export interface Sorting {
  readonly field: string
  readonly direction: 'asc' | 'desc'
}

/** An order out of an address: `closeDate:desc,name`. */
export function readSorting(text: string | null, object: ObjectModel): Sorting[] | undefined {
  if (!text) return undefined
  return text.split(',').flatMap(part => {
    const [field = '', direction] = part.split(':')
    return Object.hasOwn(object.fields, field) ? [{ field, direction: direction === 'desc' ? ('desc' as const) : ('asc' as const) }] : []
  })
}

export const writeSorting = (sorting: readonly Sorting[]): string =>
  sorting.map(({ field, direction }) => (direction === 'desc' ? `${field}:desc` : field)).join(',')

/** Whether lists can be ordered by a field. */
export const isSortable = (field: FieldModel): boolean =>
  isAskable(field) && field.class.sortable && field.relation?.kind !== 'member' && field.type.name !== 'formula'

/** An order as the API takes it; related records by their title. */
export function orderByOf(
  object: ObjectModel,
  sorting: readonly Sorting[],
  objects: Readonly<Record<string, ObjectModel>>,
): Record<string, unknown>[] {
  return sorting.flatMap(({ field: name, direction }) => {
    const field = object.fields[name]
    if (!field || !isSortable(field)) return []
    const to = field.relation?.to ? objects[field.relation.to] : undefined
    const order = direction === 'desc' ? 'DESC' : 'ASC'
    return [to ? { [field.name]: { [titleName(to)]: order } } : { [field.key]: order }]
  })
}
