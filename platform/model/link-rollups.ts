import { type Issue, issue } from '../errors.js'
import type { RollupFunction } from '../fields/definition.js'
import { lookup } from '../registry.js'
import { checkRule } from '../rules/check.js'
import type { CheckedRule } from '../rules/rule.js'
import { suggestion } from '../rules/suggestion.js'
import { readsAlong, readsMoment } from './computed.js'
import type { ThroughModel } from './junction-model.js'
import { countsName, mirrored, mirrorName } from './mirrors.js'
import type { ChildModel, FieldModel, ObjectModel, RollupModel } from './model.js'
import { typeScope } from './scope.js'

type Objects = Readonly<Record<string, ObjectModel>>

/** Classes of values that a function takes; functions that are not named take any that stand in one column. */
const fitting: Partial<Record<RollupFunction, readonly string[]>> = {
  sum: ['integer', 'decimal'],
  avg: ['integer', 'decimal'],
  min: ['integer', 'decimal', 'date', 'dateTime'],
  max: ['integer', 'decimal', 'date', 'dateTime'],
  concat: ['text', 'longText', 'choice'],
}
/** Classes whose values nothing computed can keep. */
const notKept: readonly string[] = ['choices', 'time', 'duration']
const needsNoField: readonly string[] = ['count', 'exists']
const ordered: readonly string[] = ['first', 'last', 'concat']

/** Links a rollup to its children; what is wrong goes to the issues. */
export function linkRollup(field: FieldModel, object: ObjectModel, objects: Objects, issues: Issue[]): RollupModel | null {
  const { of, function: name = 'count', field: taken, where, by } = field.definition
  const path = `objects/${object.name}/fields/${field.name}`
  if (field.definition.function === undefined) issues.push(issue('PROPERTY_MISSING', path, { property: 'function' }))
  const child = of === undefined ? undefined : lookup(object.children, of)
  const childObject = child && lookup(objects, child.object)
  if (!child || !childObject) {
    const params = { object: object.name, child: of ?? '', suggestion: suggestion(of ?? '', Object.keys(object.children)) }
    issues.push(issue('CHILDREN_UNKNOWN', `${path}/of`, params))
    return null
  }
  if (!needsNoField.includes(name)) {
    const target = taken === undefined ? undefined : lookup(childObject.fields, taken)
    if (!target) issues.push(unknown(childObject, taken ?? '', `${path}/field`))
    else if (!isTakable(target, name))
      issues.push(issue('ROLLUP_UNFIT', `${path}/field`, { function: name, field: target.name, type: target.type.label }))
  }
  if (by !== undefined && !isOrdering(lookup(childObject.fields, by))) issues.push(unknown(childObject, by, `${path}/by`))
  const isTree = lookup(childObject.fields, child.field)?.relation?.kind === 'hierarchy' && !child.through
  if (field.definition.tree && !isTree) issues.push(issue('PROPERTY_UNFIT', `${path}/tree`, { property: 'tree', type: childObject.label }))
  if (child.through) return linkOverLinks(field, child.through, objects)
  return {
    function: name,
    object: child.object,
    relation: child.field,
    ...(field.definition.tree && isTree ? { tree: true } : {}),
    field: needsNoField.includes(name) ? null : (taken ?? null),
    where: linkWhere(where, childObject, objects, `${path}/where`, issues),
    by: ordered.includes(name) ? (by ?? 'createdAt') : null,
    money: linkMoney(field, child, childObject, issues),
  }
}

/** A rollup over links reads the junction alone, which mirrors what it needs of the other end. */
function linkOverLinks(field: FieldModel, { junction, own, other }: ThroughModel, objects: Objects): RollupModel | null {
  const { function: name = 'count', field: taken = '', by, where, rateDate = 'createdAt' } = field.definition
  const links = lookup(objects, junction)
  if (!links) return null
  const counts = countsName(field.object, field.name)
  const condition = { '==': [{ var: counts }, true] }
  const amount = ofAmounts.includes(name) && field.currency !== null && mirrored(links.fields, other, `${taken}Currency`) !== undefined
  return {
    function: name,
    object: junction,
    relation: own,
    field: needsNoField.includes(name) ? null : mirrorName(other, taken),
    where:
      where === undefined ? null : (checkRule(condition, typeScope(links, objects), 'boolean', '', { isForSql: true }).checked ?? null),
    by: ordered.includes(name) ? mirrorName(other, by ?? 'createdAt') : null,
    money: amount ? { currency: mirrorName(other, `${taken}Currency`), day: mirrorName(other, rateDate) } : null,
  }
}

const ofAmounts: readonly string[] = ['sum', 'avg', 'min', 'max', 'first', 'last']

/** Where currencies of children stand, when their amounts may have to be converted into the rollup's. */
function linkMoney(field: FieldModel, { field: relation }: ChildModel, child: ObjectModel, issues: Issue[]): RollupModel['money'] {
  const { function: name = 'count', field: taken = '', rateDate = 'createdAt' } = field.definition
  const path = `objects/${field.object}/fields/${field.name}`
  const amount = lookup(child.fields, taken)
  if (!ofAmounts.includes(name) || !amount?.currency || !field.currency) return null
  if (amount.currency.from === 'workspace' && field.currency.from === 'workspace') return null
  if (amount.currency.from === 'parent') {
    const isSame = child.detail?.name === relation && field.currency.from === 'record'
    if (!isSame) issues.push(issue('ROLLUP_CURRENCY', `${path}/field`, { field: amount.name }))
    return null
  }
  const day = lookup(child.fields, rateDate)
  if (!day || !['date', 'dateTime'].includes(day.class.name) || day.columns.length === 0)
    issues.push(unknown(child, rateDate, `${path}/rateDate`))
  return { currency: amount.currency.from === 'workspace' ? null : amount.currency.column.key, day: rateDate }
}

const unknown = (object: ObjectModel, name: string, path: string): Issue =>
  issue('FIELD_UNKNOWN', path, { object: object.name, field: name, suggestion: suggestion(name, Object.keys(object.fields)) })

/** Only what stands in a column can be taken: what is kept of a child must say how much it counted. */
const isTakable = (target: FieldModel, name: RollupFunction): boolean =>
  target.currencyOf === null &&
  (target.columns.length > 0 || target.type.name === 'rollup') &&
  isKept(target) &&
  (fitting[name]?.includes(target.class.name) ?? true)

const isKept = ({ class: { rule, name } }: FieldModel): boolean => rule !== null && !notKept.includes(name)

const isOrdering = (field: FieldModel | undefined): boolean =>
  field !== undefined && field.columns.length > 0 && isKept(field) && field.class.sortable

/** Which children count: by their own values alone, since nothing else tells the parent that they changed. */
function linkWhere(where: unknown, child: ObjectModel, objects: Objects, path: string, issues: Issue[]): CheckedRule | null {
  if (where === undefined) return null
  const { checked, issues: found } = checkRule(where, typeScope(child, objects), 'boolean', path, { isForSql: true })
  issues.push(...found)
  if (!checked) return null
  if (readsMoment(checked, child, objects)) issues.push(issue('KEPT_MOMENT', path))
  if (readsAlong(checked, child, objects)) issues.push(issue('ROLLUP_FAR', path))
  return checked
}
