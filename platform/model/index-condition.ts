import { type Issue, issue } from '../errors.js'
import { lookup } from '../registry.js'
import { checkRule } from '../rules/check.js'
import type { TypeScope } from '../rules/check-names.js'
import type { CheckedRule } from '../rules/rule.js'
import type { FieldModel, ObjectModel } from './model.js'

/** What PostgreSQL can keep in an index: what is true of a row stays true, whoever asks and whenever. */
const simple: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', 'and', 'or', '!'])

/** Whether a field stands in one column of its own and its values are compared as a whole. */
export const isOneColumn = ({ currencyOf, columns, key, class: { sortable, parts } }: FieldModel): boolean =>
  currencyOf === null && columns[0]?.key === key && sortable && !parts

/** The condition of an index: fields of the record itself beside constants. */
export function checkIndexCondition(
  where: unknown,
  object: ObjectModel,
  path: string,
): { readonly checked?: CheckedRule; readonly issues: readonly Issue[] } {
  const found = checkRule(where, ownColumns(object), 'boolean', path, { isForSql: true })
  return !found.checked || isSimple(found.checked) ? found : { issues: [issue('RULE_INVALID', path, { reason: notSimple })] }
}

const notSimple = {
  en: `the condition of an index takes fields of the record, constants and ${[...simple].join(' ')} only`,
  'zh-CN': `索引的条件只能使用本记录的字段、常量和 ${[...simple].join(' ')}`,
}

/** A field of the record that an index can hold; what stands beyond a relation, who asks and what day it is are no names here. */
export function ownColumn(path: readonly string[], { fields }: ObjectModel): FieldModel | null {
  const [name = '', ...rest] = path[0] === 'record' && path.length > 1 ? path.slice(1) : path
  const field = rest.length === 0 ? lookup(fields, name) : undefined
  return field && field.relation === null && field.targets === undefined && isOneColumn(field) ? field : null
}

const ownColumns = (object: ObjectModel): TypeScope => ({
  typeOf: path => ownColumn(path, object)?.class.rule ?? null,
  names: () => Object.keys(object.fields).filter(name => ownColumn([name], object)),
})

function isSimple(node: CheckedRule): boolean {
  if (node.kind === 'literal' || node.kind === 'read') return true
  if (node.kind === 'widen') return isSimple(node.value)
  if (node.kind === 'list') return node.items.every(isSimple)
  return node.kind === 'call' && simple.has(node.operator) && node.args.every(isSimple)
}
