import type { Label } from '../label.js'
import type { Sql } from '../sql/sql.js'
import type { RuleType, ScalarType, Value } from './types.js'

/**
 * Where a condition stands in SQL. `positive`: null serves as false, so a comparison stays bare and indexes serve.
 * `negated`: it must be true or false. `value`: it is a value; a boolean field keeps its null.
 */
export type Place = 'positive' | 'negated' | 'value'

/** What an operator takes at one position. */
export interface Parameter {
  /** The types it takes. */
  readonly types: readonly ScalarType[]
  /** Whether it takes single values, lists, or either. */
  readonly form: 'single' | 'list' | 'either'
  /** Whether it has the one type that all arguments of the group agree on. */
  readonly isGrouped: boolean
  /** The place of the argument, from the operator's own. */
  readonly place: (own: Place) => Place
  /** For what must be written out in the rule: which JSON it may be, and in words. */
  readonly literal?: { readonly accepts: (value: unknown) => boolean; readonly expects: Label }
}

/** How many arguments an operator takes, and the parameter of each; null when the number is wrong. */
export interface Signature {
  readonly arity: string
  readonly parameters: (count: number) => readonly Parameter[] | null
}

/** What is known of a call before it runs. */
export interface CallFacts {
  readonly type: RuleType
  readonly types: readonly RuleType[]
  /** For each argument, whether it can be null. */
  readonly nullable: readonly boolean[]
  /** For each argument its value if it is written out in the rule, else undefined. */
  readonly literals: readonly (Value | undefined)[]
  /** For each argument what it reads if it is a path, else undefined. */
  readonly reads: readonly ({ readonly path: readonly string[] } | undefined)[]
}

/** What a rule reads while it is evaluated. */
export interface RuleContext {
  /** The contract value at a path that the check found; empty is null or undefined. */
  readonly read: (path: readonly string[]) => unknown
  /** The zone in which instants have a day; UTC when it is left out. */
  readonly timeZone?: string
  /** On which days people work; Monday to Friday when it is left out. */
  readonly calendar?: WorkCalendar
  /** The rows at a path that the check found, in the order in which they were made. */
  readonly rows?: (path: readonly string[]) => readonly RuleContext[]
  /** The ids from the record at a path up to the top of its tree, itself first. */
  readonly branch?: (path: readonly string[]) => readonly string[]
  /** What a body looks at when it is a member of a list, what has been gathered so far, and the context around the body. */
  readonly member?: Value
  readonly accumulator?: Value
  readonly outer?: RuleContext
  /** How many more rows and members may be looked at. */
  readonly steps?: { left: number }
}

/** On which days people work. */
export interface WorkCalendar {
  /** Days of the week, Monday is 1, Sunday 7. */
  readonly weekdays: readonly number[]
  /** Days off although their day of the week is worked. */
  readonly holidays: readonly string[]
  /** Days worked although their day of the week is not (调休). */
  readonly workdays: readonly string[]
}

/** A rule, or a part of one, ready to be evaluated as often as wanted. */
export type Closure = (context: RuleContext) => Value

/** What an SQL reading is given beside the arguments. */
export interface SqlFacts extends CallFacts {
  readonly place: Place
  readonly timeZone: Sql
  /** A query of the ids (as `id`) from the record at a path up to the top of its tree. */
  readonly branch?: (path: readonly string[]) => Sql
}

/** An example that the suite runs in every reading: contract values in, contract value out. */
export interface OperatorCase {
  readonly args: readonly unknown[]
  /** Types of the arguments, or one for all; those of a literal parameter are not looked at. */
  readonly as: RuleType | readonly RuleType[]
  readonly gives: unknown
  /** Why json-logic-js answers differently, where it knows the operator and does. */
  readonly differs?: string
}

/** A verb of the rule language with both its readings. */
export interface Operator {
  readonly name: string
  readonly takes: Signature
  /** The type of its value; `group` is that of its grouped arguments, `member` that of the members of its grouped lists. */
  readonly gives: RuleType | 'group' | 'member'
  /** Whether its value can be null, from whether its arguments can. */
  readonly isNullable: (nullable: readonly boolean[]) => boolean
  /** Arguments are read when asked for, so that what is not needed is neither computed nor traced. */
  readonly js: (args: readonly Closure[], context: RuleContext, facts: CallFacts) => Value
  /** Null where the database cannot answer: then the operator is refused wherever it would have to. */
  readonly sql: ((args: readonly Sql[], facts: SqlFacts) => Sql) | null
  /** Whether its first argument must be a path to a record of a tree. */
  readonly isForTrees?: true
  /** What a trace remarks on these arguments. */
  readonly remark?: (args: readonly Value[]) => 'divisionByZero' | null
  readonly cases: readonly OperatorCase[]
}

/** An operator that is written in others: it becomes `rewrite` of its arguments, or null when they do not fit. */
export interface Abbreviation {
  readonly name: string
  readonly rewrite: (args: readonly unknown[]) => unknown
  readonly expects: Label
}

const asValue = (): Place => 'value'

/** A parameter of some types; by default a single value. */
export const takes = (types: readonly ScalarType[], more: Partial<Parameter> = {}): Parameter => ({
  types,
  form: 'single',
  isGrouped: false,
  place: asValue,
  ...more,
})

/** A condition whose null may serve as false where the operator's own may. */
export const condition: Parameter = takes(['boolean'], { place: own => (own === 'positive' ? 'positive' : 'negated') })

/** Takes exactly these. */
export const exactly = (...parameters: readonly Parameter[]): Signature => ({
  arity: String(parameters.length),
  parameters: count => (count === parameters.length ? parameters : null),
})

/** Takes the same, at least so many times. */
export const atLeast = (least: number, parameter: Parameter): Signature => ({
  arity: `${least}+`,
  parameters: count => (count >= least ? Array.from({ length: count }, () => parameter) : null),
})

/** Takes what one of two signatures takes. */
export const oneOf = (first: Signature, second: Signature): Signature => ({
  arity: `${first.arity}–${second.arity}`,
  parameters: count => first.parameters(count) ?? second.parameters(count),
})

/** A whole number that must be written out in the rule. */
export const wholeNumber = (least: number, most: number): Parameter =>
  takes(['integer'], {
    literal: {
      accepts: value => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
      expects: { en: `a whole number from ${least} to ${most}`, 'zh-CN': `${least} 到 ${most} 的整数` },
    },
  })

/** A text that must be written out in the rule, with so many characters. */
export const plainText = (least: number, most: number): Parameter =>
  takes(['text'], {
    literal: {
      accepts: value => typeof value === 'string' && [...value].length >= least && [...value].length <= most,
      expects: { en: `a text of ${least} to ${most} characters`, 'zh-CN': `${least} 到 ${most} 个字符的文本` },
    },
  })

/** A word of a list that must be written out in the rule. */
export const oneWordOf = (words: readonly string[]): Parameter =>
  takes(['text'], {
    literal: {
      accepts: value => words.some(known => known === value),
      expects: { en: `one of ${words.join(', ')}`, 'zh-CN': words.join('、') },
    },
  })

/** The value can be null when an argument can. */
export const whenAny = (nullable: readonly boolean[]): boolean => nullable.some(Boolean)
export const always = (): boolean => true
export const never = (): boolean => false

/** A function of values that is null when one of them is. */
export const unlessNull =
  <T extends Value>(give: (args: readonly T[], context: RuleContext, facts: CallFacts) => Value) =>
  (args: readonly Closure[], context: RuleContext, facts: CallFacts): Value => {
    const values: T[] = []
    for (const read of args) {
      const value = read(context)
      if (value === null) return null
      values.push(value as T)
    }
    return give(values, context, facts)
  }

/** A condition on values that is false when one of them is null. */
export const holds = <T extends Value>(test: (args: readonly T[], context: RuleContext, facts: CallFacts) => boolean) => {
  const read = unlessNull<T>(test)
  return (args: readonly Closure[], context: RuleContext, facts: CallFacts): boolean => read(args, context, facts) === true
}

/** The argument at a position; its absence would be a mistake of the check. */
export function at<T>(args: readonly T[], index: number): T {
  const found = args[index]
  if (found === undefined) throw new Error(`A checked call has no argument ${index}`)
  return found
}
