import type { ObjectModel, ValidationModel } from '../model/model.js'
import { typeScope } from '../model/scope.js'
import { lookup } from '../registry.js'
import { checkRule } from '../rules/check.js'
import { isForSql } from '../rules/sql-reading.js'

/**
 * Why records at rest cannot be asked whether they keep a rule: it is not asked when they are edited (`event`), the database has no
 * reading of it (`notSql`), it looks at what a write changes (`change`), or it reads what the caller does not see (`hidden`).
 */
export type Unaskable = 'event' | 'notSql' | 'change' | 'hidden'

type Objects = Readonly<Record<string, ObjectModel>>

/**
 * Why the records of an object cannot be asked for those that break a validation rule; null when they can.
 * @param all the objects of the model
 * @param shown the objects as the caller sees them
 */
export function unaskable(rule: ValidationModel, object: ObjectModel, all: Objects, shown: Objects): Unaskable | null {
  if (!rule.on.includes('update')) return 'event'
  if (!isForSql(rule.must)) return 'notSql'
  if (!isAskable(rule, object, all)) return 'change'
  const seen = lookup(shown, object.name)
  return seen && isAskable(rule, seen, shown) ? null : 'hidden'
}

const isAskable = ({ definition }: ValidationModel, object: ObjectModel, objects: Objects): boolean =>
  checkRule(definition.must, typeScope(object, objects, { before: false, rows: true }), 'boolean', 'must', { isForSql: true }).checked !==
  undefined

/** What a list is filtered by to show the records that break a rule. */
export const breaking = ({ definition }: ValidationModel): Readonly<Record<string, unknown>> => ({ '!': [definition.must] })
