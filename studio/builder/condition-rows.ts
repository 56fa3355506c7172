import type { FieldModel } from '@tessera/platform/model/model.js'

/** How a row of a condition compares. */
export type RowOperator =
  | 'eq'
  | 'ne'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'in'
  | 'notIn'
  | 'contains'
  | 'startsWith'
  | 'isEmpty'
  | 'isFilled'
  | 'isTrue'
  | 'isFalse'
  | 'beforeToday'
  | 'afterToday'
  | 'changed'

/** One line of a condition: a field or a path along lookups, how it is compared, with what. */
export interface ConditionRow {
  readonly field: string
  readonly operator: RowOperator
  readonly value: unknown
  /** The path that it is compared with in the place of a value. */
  readonly other?: string
}

/** A condition as people edit it: rows, and groups of rows, of which all or any must hold. */
export interface Conditions {
  readonly join: 'all' | 'any'
  readonly rows: readonly (ConditionRow | Conditions)[]
}

/** How deep groups may stand in one another as rows; what is deeper is edited as JSON. */
export const deepestGroup = 2

/** Whether a part of a condition is a group of rows. */
export const isGroup = (part: ConditionRow | Conditions): part is Conditions => 'rows' in part

const comparing = { '==': 'eq', '!=': 'ne', '>': 'gt', '>=': 'gte', '<': 'lt', '<=': 'lte' } as const
const signs = { eq: '==', ne: '!=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const
const withoutValue: ReadonlySet<RowOperator> = new Set(['isEmpty', 'isFilled', 'isTrue', 'isFalse', 'beforeToday', 'afterToday', 'changed'])

/** Whether a row compares with a value that somebody enters. */
export const takesValue = (operator: RowOperator): boolean => !withoutValue.has(operator)

/** Whether an operator can compare with another field. */
export const comparesPaths = (operator: RowOperator): boolean => Object.hasOwn(signs, operator)

/** Every row of a condition, those of its groups too. */
export const allRows = ({ rows }: Conditions): readonly ConditionRow[] => rows.flatMap(part => (isGroup(part) ? allRows(part) : [part]))

/** Whether a row says enough to be part of a rule. */
export const isWhole = ({ operator, value, other }: ConditionRow): boolean =>
  !takesValue(operator) ||
  (other !== undefined && comparesPaths(operator)) ||
  (Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== '')

/** A rule as rows; null when rows cannot say it, so that it is edited as JSON. */
export function readRows(rule: unknown): Conditions | null {
  if (rule === undefined || rule === null) return { join: 'all', rows: [] }
  return readGroup(rule, 0) ?? rowsOf('all', [rule], 0)
}

function readGroup(rule: unknown, depth: number): Conditions | null {
  const [operator, args] = callOf(rule)
  return operator === 'and' || operator === 'or' ? rowsOf(operator === 'and' ? 'all' : 'any', args, depth) : null
}

function rowsOf(join: Conditions['join'], rules: readonly unknown[], depth: number): Conditions | null {
  const rows = rules.map(rule => readRow(rule) ?? (depth < deepestGroup ? readGroup(rule, depth + 1) : null)).filter(row => row !== null)
  return rows.length === rules.length ? { join, rows } : null
}

/** The operator of a rule and its arguments; nothing for what is no call. */
function callOf(rule: unknown): readonly [string, readonly unknown[]] {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return ['', []]
  const [entry, ...others] = Object.entries(rule)
  if (!entry || others.length > 0) return ['', []]
  return [entry[0], Array.isArray(entry[1]) ? entry[1] : [entry[1]]]
}

const pathOf = (rule: unknown): string | null => {
  const [operator, [name, ...more]] = callOf(rule)
  return operator === 'var' && typeof name === 'string' && more.length === 0 ? name : null
}

function readRow(rule: unknown): ConditionRow | null {
  const [operator, args] = callOf(rule)
  if (operator === 'var') return rowOf(pathOf(rule), 'isTrue')
  if (operator === '!') return readNot(args[0])
  const field = pathOf(args[0])
  if (operator === 'changed') return args.length === 1 && typeof args[0] === 'string' ? rowOf(args[0], 'changed') : null
  if (operator === 'isEmpty') return rowOf(field, 'isEmpty')
  if (args.length !== 2 || field === null) return null
  const [, value] = args
  if (operator === 'in') return isTexts(value) ? rowOf(field, 'in', value) : null
  if (operator === 'contains' || operator === 'startsWith') return typeof value === 'string' ? rowOf(field, operator, value) : null
  return Object.hasOwn(comparing, operator) ? readComparison(field, operator as keyof typeof comparing, value) : null
}

function readComparison(field: string, sign: keyof typeof comparing, value: unknown): ConditionRow | null {
  const isEqual = sign === '=='
  if (value === null || typeof value === 'boolean') {
    if (!isEqual && sign !== '!=') return null
    if (value === null) return rowOf(field, isEqual ? 'isEmpty' : 'isFilled')
    return rowOf(field, isEqual === value ? 'isTrue' : 'isFalse')
  }
  const other = pathOf(value)
  if (other === 'today') return sign === '<' ? rowOf(field, 'beforeToday') : sign === '>' ? rowOf(field, 'afterToday') : null
  if (other !== null) return { field, operator: comparing[sign], value: null, other }
  return typeof value === 'string' || typeof value === 'number' ? rowOf(field, comparing[sign], value) : null
}

function readNot(rule: unknown): ConditionRow | null {
  const inner = readRow(rule)
  const opposite = { isEmpty: 'isFilled', isTrue: 'isFalse', in: 'notIn' } as const
  const operator = inner && Object.hasOwn(opposite, inner.operator) ? opposite[inner.operator as keyof typeof opposite] : null
  return inner && operator ? { ...inner, operator } : null
}

const rowOf = (field: string | null, operator: RowOperator, value: unknown = null): ConditionRow | null =>
  field === null ? null : { field, operator, value }

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(item => typeof item === 'string')

/** The rule that rows say; rows that say too little are left out, undefined when none is left. */
export function ruleOfRows({ join, rows }: Conditions): unknown {
  const rules = rows
    .map(part => (isGroup(part) ? ruleOfRows(part) : isWhole(part) ? ruleOf(part) : undefined))
    .filter(rule => rule !== undefined)
  return rules.length > 1 ? { [join === 'all' ? 'and' : 'or']: rules } : rules[0]
}

function ruleOf({ field, operator, value, other }: ConditionRow): unknown {
  const read = { var: field }
  if (comparesPaths(operator)) return { [signs[operator as keyof typeof signs]]: [read, other === undefined ? value : { var: other }] }
  const others: Partial<Record<RowOperator, unknown>> = {
    in: { in: [read, value] },
    notIn: { '!': [{ in: [read, value] }] },
    contains: { contains: [read, value] },
    startsWith: { startsWith: [read, value] },
    isEmpty: { isEmpty: [read] },
    isFilled: { '!': [{ isEmpty: [read] }] },
    isTrue: { '==': [read, true] },
    isFalse: { '!=': [read, true] },
    beforeToday: { '<': [read, { var: 'today' }] },
    afterToday: { '>': [read, { var: 'today' }] },
    changed: { changed: [field] },
  }
  return others[operator]
}

const always: readonly RowOperator[] = ['isEmpty', 'isFilled']
const ordered: readonly RowOperator[] = ['gt', 'gte', 'lt', 'lte', 'eq', 'ne']

/**
 * How a field can be compared, the usual way first; `changed` asks only for the record's own.
 * @param isWritten whether the condition is asked while the record is written
 */
export function operatorsFor(field: FieldModel, path: string, isWritten = true): RowOperator[] {
  const type = field.class.rule
  const own: readonly RowOperator[] = !isWritten || path.includes('.') || field.system ? [] : ['changed']
  if (type === 'boolean') return ['isTrue', 'isFalse', ...own]
  if (typeof type !== 'string') return [...always, ...own]
  if (type === 'text') {
    const isChoice = (field.definition.options ?? []).length > 0
    return [...(isChoice ? (['eq', 'ne', 'in', 'notIn'] as const) : (['eq', 'ne', 'contains', 'startsWith'] as const)), ...always, ...own]
  }
  if (type === 'id') return ['eq', 'ne', ...always, ...own]
  return [...ordered, ...(type === 'date' ? (['beforeToday', 'afterToday'] as const) : []), ...always, ...own]
}

/** A value as it stands in a rule: numbers are numbers where they are exact. */
export const literalOf = (value: unknown, field: FieldModel): unknown =>
  typeof value === 'string' && field.class.rule === 'decimal' && String(Number(value)) === value ? Number(value) : value

/** A value of a rule as the input of its field takes it. */
export const typedOf = (value: unknown, field: FieldModel): unknown =>
  typeof value === 'number' && field.class.rule === 'decimal' ? String(value) : value
