import { type Issue, issue } from '@tessera/platform/errors.js'
import type { FieldModel, Model, ObjectModel } from '@tessera/platform/model/model.js'
import { type UniqueSet, uniqueSetsOf } from '@tessera/platform/model/sets.js'
import { uniqueSetName } from '@tessera/platform/tables/sets.js'
import { foreignKeyName, pairName, uniqueName } from '@tessera/platform/tables/tables.js'
import { sqlState } from '../database/transaction.js'
import { duplicateWords } from './check-sets.js'

/**
 * What a refusal of PostgreSQL means to the writer, at each field concerned; none when it is none of the expected ones.
 * The SQLSTATE decides; the constraint's name, which may carry a suffix on a distributed database, finds the field.
 */
export function violationsOf(error: unknown, model: Model): readonly Issue[] {
  const state = sqlState(error)
  if (state === '23505') {
    const set = setBy(error, model)
    if (set) return set.fields.map(one => issue('SET_DUPLICATE', one.key, duplicateWords(set.fields, set.message, null)))
    const field = fieldBy(error, model, (object, column) => uniqueName(object.table, column)) ?? pairBy(error, model)
    return [
      field
        ? issue('VALUE_DUPLICATE', field.key, { field: field.label, value: '' })
        : issue('VALUE_DUPLICATE', 'id', { field: 'id', value: idBy(error) }),
    ]
  }
  if (state === '23503') {
    const field = fieldBy(error, model, (object, column) => foreignKeyName(object.table, column))
    return [issue('RECORD_UNKNOWN', field?.key ?? '', { field: field?.label ?? '' })]
  }
  if (state.startsWith('22'))
    return [issue('INPUT_INVALID', '', { problem: { en: 'A value is out of range.', 'zh-CN': '有值超出范围。' } })]
  return []
}

/** The id that is taken, which the writer gave: PostgreSQL tells it beside its message. */
const idBy = (error: unknown): string => /\(id\)=\(([0-9a-f-]+)\)/.exec((error as { readonly detail?: string }).detail ?? '')?.[1] ?? ''

/** The end of a link that joins two records that are linked already. */
function pairBy(error: unknown, model: Model): FieldModel | null {
  const said = saidBy(error)
  const object = Object.values(model.objects).find(one => one.junction !== undefined && said.includes(pairName(one.table)))
  return object?.fields[object.junction?.far ?? ''] ?? null
}

/** What PostgreSQL says of an error, with the name of the constraint. */
function saidBy(error: unknown): string {
  const { constraint, message } = error as { readonly constraint?: string; readonly message?: string }
  return `${constraint ?? ''} ${message ?? ''}`
}

function setBy(error: unknown, model: Model): UniqueSet | null {
  const said = saidBy(error)
  const all = Object.values(model.objects).flatMap(object => uniqueSetsOf(object).map(set => ({ set, name: uniqueSetName(object, set) })))
  return all.find(({ name }) => said.includes(name))?.set ?? null
}

function fieldBy(error: unknown, model: Model, nameOf: (object: ObjectModel, column: string) => string): FieldModel | null {
  const said = saidBy(error)
  for (const object of Object.values(model.objects)) {
    for (const field of Object.values(object.fields)) {
      const column = field.columns[0]?.name
      if (column !== undefined && said.includes(nameOf(object, column))) return field
    }
  }
  return null
}
