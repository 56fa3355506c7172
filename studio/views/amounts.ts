import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { useMemo } from 'react'
import { useApp } from '../api/app.js'
import { type Group, isRough, type RecordValues, useAggregate } from '../api/records.js'
import type { ListState } from './list/list-state.js'

/** Whether each record says itself in which currency an amount of it is. */
const isOfRecord = (field: FieldModel): boolean => field.currency !== null && field.currency.from !== 'workspace'

/** Sums and averages of an amount over all records that match, one group for each currency; nothing is asked without a field. */
export function useAmountGroups(object: ObjectModel, state: ListState, field: FieldModel | undefined): readonly Group[] {
  const isMixed = field !== undefined && isOfRecord(field)
  const name = field?.name ?? ''
  const groupBy = useMemo(() => (isMixed ? [{ [`${name}Currency`]: {} }] : undefined), [isMixed, name])
  const { data } = useAggregate({
    object,
    measures: `sum { ${name} } avg { ${name} }`,
    groupBy,
    where: state.where,
    search: state.search,
    enabled: field !== undefined,
  })
  return (data ?? []).filter(group => group.sum?.[name] != null)
}

/** Whether the amounts of a list are in several currencies: over all records that match unless they are many, at once when those that are loaded say so. */
export function useMixedAmounts(
  object: ObjectModel,
  state: ListState,
  fields: readonly FieldModel[],
  rows: readonly RecordValues[],
  total: number | undefined,
): boolean {
  const app = useApp()
  const amounts = fields.filter(field => field.type.name === 'money')
  const isFew = total !== undefined && !isRough(total)
  const groups = useAmountGroups(object, state, isFew ? amounts.find(isOfRecord) : undefined)
  const currencies = new Set(groups.map(group => String(group.keys?.[0] ?? '') || app.currency))
  if (amounts.some(field => !isOfRecord(field))) currencies.add(app.currency)
  const isMixedHere = useMemo(() => areMixed(rows, fields), [rows, fields])
  return currencies.size > 1 || isMixedHere
}

/** Whether some records show amounts of different currencies. */
export const areMixed = (records: readonly RecordValues[], fields: readonly FieldModel[]): boolean =>
  new Set(
    fields
      .filter(field => field.currency !== null)
      .flatMap(field => records.filter(record => record[field.key] != null).map(record => record[`${field.name}Currency`] ?? '')),
  ).size > 1
