import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { seenFields } from '@tessera/platform/model/seen.js'
import { isSame } from '@tessera/platform/records/values.js'
import type { RecordValues } from '../../api/records.js'
import { isEmptyValue, relatedOf, type Values, writtenOf } from '../../fields/face.js'

/** So few and so many records are merged at once. */
export const fewest = 2
export const most = 10

/** Whether a value can be chosen for the record that stays: states change by their transitions alone. */
export const isChoosable = (field: FieldModel): boolean =>
  field.writable && !field.states && !field.sinceOf && field.currencyOf === null && field.relation?.kind !== 'masterDetail'

/** The fields in which records differ and whose value can be chosen. */
export const differing = (object: ObjectModel, records: readonly RecordValues[], mayWrite: (name: string) => boolean): FieldModel[] =>
  seenFields(object).filter(
    field => isChoosable(field) && mayWrite(field.name) && records.some(record => !isSame(record[field.key], records[0]?.[field.key])),
  )

/** Whether a record has a value of a field that the survivor can get: not one that points at a record of this very merge. */
export const isUsable = (field: FieldModel, record: RecordValues, records: readonly RecordValues[]): boolean =>
  !isEmptyValue(record[field.key]) && !records.some(({ id }) => id === record[field.key])

/** Whose value of a field the survivor gets, when nobody has chosen: its own, or the first that there is. */
export function winnerOf(field: FieldModel, records: readonly RecordValues[], survivor: string, chosen: string | undefined): string {
  if (chosen !== undefined && records.some(({ id }) => id === chosen)) return chosen
  const own = records.find(({ id }) => id === survivor)
  if (own && isUsable(field, own, records)) return survivor
  return records.find(record => isUsable(field, record, records))?.id ?? survivor
}

/** What the survivor gets of others, as the API takes it. */
export function mergedData(
  fields: readonly FieldModel[],
  records: readonly RecordValues[],
  survivor: string,
  chosen: ReadonlyMap<string, string>,
): Values {
  const data: Record<string, unknown> = {}
  for (const field of fields) {
    const winner = winnerOf(field, records, survivor, chosen.get(field.name))
    const record = records.find(({ id }) => id === winner)
    if (!record) continue
    if (records.some(({ id }) => id === record[field.key])) {
      const [key] = writtenOf(field, null, null)
      data[key] = null
      continue
    }
    if (winner === survivor) continue
    const [key, value] = writtenOf(field, record[field.key] ?? null, relatedOf(field, record))
    data[key] = value
    if (field.currency?.from === 'own') data[field.currency.column.key] = record[field.currency.column.key] ?? null
  }
  return data
}
