import type { BinderCase } from '../../platform/rules/binder.js'
import { checkRule, type TypeScope } from '../../platform/rules/check.js'
import type { Operator, OperatorCase, RuleContext } from '../../platform/rules/operator.js'
import { binders, operators } from '../../platform/rules/operators/index.js'
import { type CheckedRule, type Rule } from '../../platform/rules/rule.js'
import { type RuleType, type ScalarType, scalarOf } from '../../platform/rules/types.js'

export type Types = Readonly<Record<string, RuleType>>
type Row = Readonly<Record<string, unknown>>

/** A scope of names with types, and of rows with names of their own; `before` has them too. */
export const scopeOf = (types: Types, rows: Readonly<Record<string, Types>> = {}): TypeScope => ({
  typeOf: path => {
    const own = path[0] === 'before' ? path.slice(1) : path
    return own.length === 1 && Object.hasOwn(types, own[0] ?? '') ? (types[own[0] ?? ''] ?? null) : null
  },
  names: () => Object.keys(types),
  isInTree: () => true,
  rowsAt: ([first = '']) => {
    const found = Object.hasOwn(rows, first) ? rows[first] : undefined
    return found ? scopeOf(found) : null
  },
})

/** A record to read from; what stands under `before` is its former self, and lists of records are its rows. */
export const contextOf = (record: Row, timeZone?: string): RuleContext => ({
  read: path => path.reduce<unknown>((value, key) => (value as Row | null | undefined)?.[key], record),
  rows: ([first = '']) => ((record[first] as readonly Row[] | null | undefined) ?? []).map(row => contextOf(row)),
  ...(timeZone === undefined ? {} : { timeZone }),
})

/** The checked rule; throws what the check says when there are issues. */
export function checked(rule: Rule, types: Types, expected: RuleType, rows: Readonly<Record<string, Types>> = {}): CheckedRule {
  const found = checkRule(rule, scopeOf(types, rows), expected, '')
  if (!found.checked)
    throw new Error(`${JSON.stringify(rule)}: ${found.issues.map(({ path, message }) => `${path} ${message}`).join('; ')}`)
  return found.checked
}

/** An example of an operator as a rule over fields, and as one with all but the first argument written out. */
export interface RunnableCase {
  readonly title: string
  readonly operator: Operator
  readonly example: OperatorCase
  readonly types: Readonly<Record<string, RuleType>>
  readonly record: Readonly<Record<string, unknown>>
  readonly read: Rule
  readonly written: Rule
  readonly gives: RuleType
}

/** Every example of every operator. */
export const operatorCases: readonly RunnableCase[] = Object.values(operators).flatMap(operator =>
  operator.cases.map(example => runnable(operator, example)),
)

function runnable(operator: Operator, example: OperatorCase): RunnableCase {
  const { args, as } = example
  const typeAt = (index: number): RuleType => (Array.isArray(as) ? ((as[index] ?? as[0]) as RuleType) : (as as RuleType))
  const parameters = operator.takes.parameters(args.length) ?? []
  const isWritten = (index: number) => parameters[index]?.literal !== undefined
  const fields = args.flatMap((_, index) => (isWritten(index) ? [] : [`field${index}`]))
  return {
    title: `${operator.name} ${JSON.stringify(args)} as ${JSON.stringify(as)}`,
    operator,
    example,
    types: Object.fromEntries(fields.map(field => [field, typeAt(Number(field.slice(5)))])),
    record: Object.fromEntries(fields.map(field => [field, args[Number(field.slice(5))]])),
    read: { [operator.name]: args.map((arg, index) => (isWritten(index) ? arg : { var: `field${index}` })) } as Rule,
    written: {
      [operator.name]: args.map((arg, index) =>
        index === 0 || (arg === null && parameters[index]?.form === 'list') ? { var: `field${index}` } : arg,
      ),
    } as Rule,
    gives: givesOf(operator, args.length, typeAt),
  }
}

function givesOf({ gives, takes }: Operator, count: number, typeAt: (index: number) => RuleType): RuleType {
  if (gives !== 'group' && gives !== 'member') return gives
  const index = (takes.parameters(count) ?? []).findIndex(parameter => parameter.isGrouped)
  const group = typeAt(Math.max(index, 0))
  return gives === 'member' ? scalarOf(group) : group
}

/** An example of an operator with a body, over a list that a field has. */
export interface RunnableBody {
  readonly title: string
  readonly isForSql: boolean
  readonly example: BinderCase
  readonly rule: Rule
}

/** Every example of every operator with a body. */
export const bodyCases: readonly RunnableBody[] = Object.values(binders).flatMap(({ name, cases, sql }) =>
  cases.map(example => ({
    title: `${name} ${JSON.stringify([example.list, ...example.body])}`,
    isForSql: sql !== null,
    example,
    rule: { [name]: [{ var: 'list' }, ...example.body] } as Rule,
  })),
)

/** Columns of PostgreSQL for the types of rules. */
export const columnTypes: Readonly<Record<ScalarType, string>> = {
  text: 'text',
  integer: 'integer',
  decimal: 'numeric',
  boolean: 'boolean',
  date: 'date',
  time: 'time(0)',
  duration: 'bigint',
  dateTime: 'timestamptz(3)',
  id: 'uuid',
}
export const columnType = (type: RuleType): string => (typeof type === 'string' ? columnTypes[type] : `${columnTypes[type.list]}[]`)
