import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { useMemo } from 'react'
import { useApp } from '../../api/app.js'
import { useAggregate } from '../../api/records.js'
import { textContext } from '../../fields/face.js'

/** What the lines of a record add up to, over all of them. */
export interface LineTotal {
  readonly field: FieldModel
  readonly text: string
}

const isAmount = (field: FieldModel): boolean => field.type.name === 'money' || field.definition.returns === 'money'

/** The amount that lines add up to: the last computed one, else the only one; prices of one piece add up to nothing. */
export function summed(fields: readonly FieldModel[]): FieldModel | undefined {
  const amounts = fields.filter(isAmount)
  return amounts.filter(field => field.type.name === 'formula').at(-1) ?? (amounts.length === 1 ? amounts[0] : undefined)
}

/** The total of a record's lines; undefined when they add up to nothing, or to amounts of several currencies. */
export function useLineTotal(object: ObjectModel, fields: readonly FieldModel[], parentKey: string, id: string): LineTotal | undefined {
  const app = useApp()
  const field = summed(fields)
  const where = useMemo(() => ({ [parentKey]: { eq: id } }), [parentKey, id])
  const isMixed = field?.currency !== null && field?.currency?.from !== 'workspace'
  const groupBy = useMemo(() => (field && isMixed ? [{ [`${field.name}Currency`]: {} }] : undefined), [field, isMixed])
  const { data } = useAggregate({
    object,
    measures: field ? `sum { ${field.name} }` : 'count',
    where,
    groupBy,
    enabled: field !== undefined,
  })
  const [first] = data ?? []
  const sum = field && data?.length === 1 ? first?.sum?.[field.name] : undefined
  if (!field || sum === undefined || sum === null) return undefined
  const context = textContext({ ...app, currency: String(first?.keys?.[0] ?? '') || app.currency }, field, {})
  return { field, text: field.type.format(sum, field.definition, context) }
}
