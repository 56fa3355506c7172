import type { Abbreviation } from '../operator.js'

const other = (name: string, meaning: string): Abbreviation => ({
  name,
  expects: { en: `what “${meaning}” takes`, 'zh-CN': `与「${meaning}」相同的参数` },
  rewrite: args => ({ [meaning]: args }),
})

/** What other dialects of JSON Logic call these; values are never coerced, so strict and loose equality are one. */
export const strictEqual = other('===', '==')
export const strictUnequal = other('!==', '!=')
export const conditional = other('?:', 'if')
export const allOf = other('all', 'every')

const inAnyCase = (name: string, meaning: string): Abbreviation => ({
  name,
  expects: { en: 'two texts', 'zh-CN': '两个文本' },
  rewrite: args => (args.length === 2 ? { [meaning]: args.map(arg => ({ lower: [arg] })) } : null),
})

/** Comparisons of texts in any case. */
export const equalsCi = inAnyCase('equalsCi', '==')
export const containsCi = inAnyCase('containsCi', 'contains')
export const startsWithCi = inAnyCase('startsWithCi', 'startsWith')

const pair = (name: string, expects: Abbreviation['expects'], rewrite: (first: unknown, second: unknown) => unknown): Abbreviation => ({
  name,
  expects,
  rewrite: args => (args.length === 2 ? rewrite(args[0], args[1]) : null),
})
const instants = { en: 'two dates with time', 'zh-CN': '两个日期时间' } as const
const hour = 3600

/** A date later by whole years. */
export const addYears = pair('addYears', { en: 'a date and a number', 'zh-CN': '日期和数值' }, (date, years) => ({
  addMonths: [date, { '*': [years, 12] }],
}))

export const diffSeconds = pair('diffSeconds', instants, (from, to) => ({ seconds: [{ elapsed: [from, to] }] }))
export const diffHours = pair('diffHours', instants, (from, to) => ({ '/': [{ seconds: [{ elapsed: [from, to] }] }, hour] }))

/** The day of an instant, in the zone of whoever asks. */
export const dateOf: Abbreviation = {
  name: 'dateOf',
  expects: { en: 'a date with time', 'zh-CN': '日期时间' },
  rewrite: args => (args.length === 1 ? { startOf: [args[0], 'day'] } : null),
}

const areNames = (names: readonly unknown[]): boolean => names.every(name => typeof name === 'string')
const emptyOf = (names: readonly unknown[]): unknown => ({
  compact: [names.map(name => ({ if: [{ isEmpty: [{ var: name }] }, name] }))],
})

/** Which of some fields are empty, by name. */
export const missing: Abbreviation = {
  name: 'missing',
  expects: { en: 'names of fields', 'zh-CN': '字段名' },
  rewrite: args => (areNames(args) ? emptyOf(args) : null),
}

/** The same, but none when so many of them are filled. */
export const missingSome: Abbreviation = {
  name: 'missing_some',
  expects: { en: 'a number and a list of names of fields', 'zh-CN': '数字和字段名列表' },
  rewrite: ([least, names]) =>
    Number.isInteger(least) && Array.isArray(names) && areNames(names)
      ? { if: [{ '<=': [{ count: [emptyOf(names)] }, names.length - Number(least)] }, [], emptyOf(names)] }
      : null,
}
