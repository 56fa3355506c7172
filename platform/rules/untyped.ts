import { lookup } from '../registry.js'
import { checkRule, type RuleCheck, type TypeScope } from './check.js'
import { compileRule } from './javascript.js'
import { checkSize } from './limits.js'
import type { RuleContext } from './operator.js'
import { abbreviations, binders } from './operators/index.js'
import type { RuleType, ScalarType } from './types.js'

/** What a rule comes to without a model: a plain JSON value, or why it is refused. */
export type UntypedAnswer = { readonly value: unknown } | { readonly issues: RuleCheck['issues'] }

/**
 * Evaluates a rule over plain data, without a model: names have the type of what the data has under them, and a name
 * without a value is an empty literal. The check and the reading are those of every other rule.
 */
export function evaluateUntyped(rule: unknown, data: unknown): UntypedAnswer {
  const oversize = checkSize(rule, '')
  if (oversize) return { issues: [oversize] }
  const { checked, issues } = checkRule(withoutGaps(rule, data), scopeOf(data), null, '')
  if (!checked) return { issues }
  return { value: plain(compileRule(checked)(contextOf(data)), checked.type) }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const valueAt = (data: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (isRecord(value) ? lookup(value, name) : undefined), data) ?? null

const scalarTypeOf = (value: unknown): ScalarType | null =>
  typeof value === 'string' ? 'text' : typeof value === 'number' ? 'decimal' : typeof value === 'boolean' ? 'boolean' : null

function typeOf(value: unknown): RuleType | null {
  if (!Array.isArray(value)) return scalarTypeOf(value)
  const types = [...new Set(value.filter(member => member !== null).map(scalarTypeOf))]
  const [first = 'text'] = types
  return types.length > 1 || first === null ? null : { list: first }
}

const rowsAt = (data: unknown, path: readonly string[]): readonly Readonly<Record<string, unknown>>[] | null => {
  const rows = valueAt(data, path)
  return Array.isArray(rows) && rows.length > 0 && rows.every(isRecord) ? rows : null
}

const scopeOf = (data: unknown): TypeScope => ({
  typeOf: path => typeOf(valueAt(data, path)),
  names: () => (isRecord(data) ? Object.keys(data) : []),
  rowsAt: path => {
    const rows = rowsAt(data, path)
    return rows && scopeOf(Object.assign({}, ...rows))
  },
})

const contextOf = (data: unknown): RuleContext => ({
  read: path => valueAt(data, path),
  rows: path => (rowsAt(data, path) ?? []).map(contextOf),
})

/** A rule in which names without a value are empty literals; bodies have names of their own and stay. */
function withoutGaps(rule: unknown, data: unknown): unknown {
  if (Array.isArray(rule)) return rule.map(part => withoutGaps(part, data))
  const [entry, ...others] = isRecord(rule) ? Object.entries(rule) : []
  if (entry === undefined || others.length > 0) return rule
  const [name, inner] = entry
  const args: readonly unknown[] = Array.isArray(inner) ? inner : [inner]
  if (name === 'var') return isGap(args[0], data) ? (args.length > 1 ? withoutGaps(args[1], data) : null) : rule
  const meaning = name.startsWith('missing') ? lookup(abbreviations, name)?.rewrite(args) : null
  if (meaning) return withoutGaps(meaning, data)
  const isBody = (index: number) => index === 1 && (lookup(binders, name) !== undefined || name === 'all')
  return { [name]: args.map((arg, index) => (isBody(index) ? arg : withoutGaps(arg, data))) }
}

const isGap = (target: unknown, data: unknown): boolean =>
  typeof target === 'string' && /^[a-z]\w*(\.[a-z]\w*)*$/.test(target) && valueAt(data, target.split('.')) === null

/** Numbers as numbers again, as plain data has them. */
function plain(value: unknown, type: RuleType): unknown {
  if (typeof type !== 'string') return Array.isArray(value) ? value.map(member => plain(member, type.list)) : value
  return type === 'decimal' && value !== null ? Number(value) : value
}
