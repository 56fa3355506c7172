import { type Locale, labelOf } from '../label.js'
import { operatorLabels } from './operators/labels.js'
import type { BindNode, CallNode, CheckedRule, ReadNode } from './rule.js'
import { type RuleType, toContract } from './types.js'

/** What the names and values of a rule are called by people. */
export interface Naming {
  readonly locale: Locale
  /** What stands at a path of the record. */
  readonly nameOf: (path: readonly string[]) => string
  /** A value that is written out in the rule, in contract form; `beside` is what it is compared with. */
  readonly valueOf: (value: unknown, type: RuleType, beside: readonly string[] | null) => string
  /** How the names in a body over these rows are called. */
  readonly within: (rows: readonly string[]) => Naming
}

/** A rule in people's words, in their language: “Amount > 100,000”, “Amount × Win rate”. */
export const ruleWords = (rule: CheckedRule, naming: Naming): string => wordsOf(rule, { naming, outer: null }, 0)

/** Names stand in a body, inside of another one. */
interface Place {
  readonly naming: Naming
  readonly outer: Place | null
}

const symbols: Readonly<Record<string, { readonly sign: string; readonly rank: number }>> = {
  and: { sign: '', rank: 2 },
  or: { sign: '', rank: 1 },
  '<': { sign: '<', rank: 3 },
  '<=': { sign: '≤', rank: 3 },
  '>': { sign: '>', rank: 3 },
  '>=': { sign: '≥', rank: 3 },
  '+': { sign: '+', rank: 4 },
  '-': { sign: '−', rank: 5 },
  '*': { sign: '×', rank: 6 },
  '/': { sign: '÷', rank: 7 },
}

/** Verbs that stand between what they compare. */
const between = new Set(['==', '!=', 'in', 'within', 'contains', 'startsWith', 'endsWith', 'containsAny', 'containsAll', 'power', '%'])

const joiners: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  and: { en: 'and', 'zh-CN': '且' },
  or: { en: 'or', 'zh-CN': '或' },
}

const isChinese = (place: Place): boolean => place.naming.locale === 'zh-CN'

function wordsOf(node: CheckedRule, place: Place, rank: number): string {
  if (node.kind === 'widen') return wordsOf(node.value, place, rank)
  if (node.kind === 'read') return nameAt(node, place)
  if (node.kind === 'member') return isChinese(place) ? '该项' : 'it'
  if (node.kind === 'literal') return place.naming.valueOf(toContract(node.value, node.type), node.type, null)
  if (node.kind === 'list') return listed(node.items.map(item => wordsOf(item, place, 0))).join(isChinese(place) ? '、' : ', ')
  if (node.kind === 'bind') return boundWords(node, place)
  return callWords(node, place, rank)
}

function nameAt({ path, up = 0 }: ReadNode, place: Place): string {
  let found = place
  for (let left = up; left > 0; left--) found = found.outer ?? found
  return found.naming.nameOf(path)
}

function boundWords({ binder, source, body }: BindNode, place: Place): string {
  const over = source.kind === 'rows' ? place.naming.nameOf(source.path) : wordsOf(source, place, 0)
  const naming = source.kind === 'rows' ? place.naming.within(source.path) : place.naming
  const inner = wordsOf(body, { naming, outer: place }, 0)
  const verb = labelOf(operatorLabels[binder], place.naming.locale)
  return isChinese(place) ? `${over}${verb}（${inner}）` : `${verb} (${over}: ${inner})`
}

function callWords(node: CallNode, place: Place, rank: number): string {
  const special = phrases[node.operator]?.(node, place)
  if (special !== undefined && special !== null) return special
  const args = argumentWords(node, place)
  const symbol = symbols[node.operator]
  if (symbol && node.args.length > 1) {
    const sign = joiners[node.operator]?.[place.naming.locale] ?? symbol.sign
    return inParens(args.join(` ${sign} `), symbol.rank <= rank, place)
  }
  const verb = labelOf(operatorLabels[node.operator], place.naming.locale) || node.operator
  if (between.has(node.operator) && args.length === 2) return inParens(`${args[0]} ${verb} ${args[1]}`, rank > 2, place)
  return isChinese(place) ? `${verb}（${args.join('，')}）` : `${verb} (${args.join(', ')})`
}

const inParens = (text: string, isInside: boolean, place: Place): string =>
  isInside ? (isChinese(place) ? `（${text}）` : `(${text})`) : text

/** What a literal is compared with: the first path beside it. */
function argumentWords({ operator, args }: CallNode, place: Place): string[] {
  const beside = args.map(plain).find(arg => arg.kind === 'read')
  const rank = symbols[operator]?.rank ?? (between.has(operator) ? 3 : 0)
  return args.map((arg, index) => besideWords(plain(arg), beside?.kind === 'read' ? beside : null, place, index === 0 ? rank - 1 : rank))
}

function besideWords(node: CheckedRule, beside: ReadNode | null, place: Place, rank: number): string {
  const path = beside && (beside.up ?? 0) === 0 ? beside.path : null
  if (node.kind === 'literal') {
    const value = toContract(node.value, node.type)
    const one = (each: unknown) => place.naming.valueOf(each, node.type, path)
    return Array.isArray(value) ? listed(value.map(one)).join(isChinese(place) ? '、' : ', ') : one(value)
  }
  if (node.kind === 'list')
    return listed(node.items.map(item => besideWords(plain(item), beside, place, 0))).join(isChinese(place) ? '、' : ', ')
  return wordsOf(node, place, rank)
}

const mostListed = 12
const listed = (texts: readonly string[]): readonly string[] => (texts.length > mostListed ? [...texts.slice(0, mostListed), '…'] : texts)

const plain = (node: CheckedRule): CheckedRule => (node.kind === 'widen' ? plain(node.value) : node)

const isNothing = (node: CheckedRule | undefined): boolean => node?.kind === 'literal' && node.value === null

type Phrase = (node: CallNode, place: Place) => string | null

/** Operators that are said in a sentence of their own. */
const phrases: Readonly<Record<string, Phrase | undefined>> = {
  '==': ({ args }, place) => emptiness(args, place, true),
  '!=': ({ args }, place) => emptiness(args, place, false),
  isEmpty: ({ args }, place) => emptyWords(args[0], place, true),
  '!!': ({ args }, place) => (args[0] ? wordsOf(args[0], place, 0) : null),
  '!': ({ args }, place) => {
    const inner = args[0] && plain(args[0])
    if (!inner) return null
    if (inner.kind === 'call' && inner.operator === 'isEmpty') return emptyWords(inner.args[0], place, false)
    return isChinese(place) ? `并非（${wordsOf(inner, place, 0)}）` : `not (${wordsOf(inner, place, 0)})`
  },
  between: (node, place) => {
    const [value, low, high] = argumentWords(node, place)
    return isChinese(place) ? `${value}介于 ${low} 与 ${high} 之间` : `${value} between ${low} and ${high}`
  },
  coalesce: ({ args }, place) => {
    const texts = args.map(arg => wordsOf(arg, place, 0))
    return isChinese(place)
      ? `${texts[0]}（为空时取 ${texts.slice(1).join('、')}）`
      : `${texts[0]} (if empty: ${texts.slice(1).join(', ')})`
  },
  round: ({ args }, place) => {
    const [value, digits] = args.map(plain)
    if (!value || (digits && digits.kind !== 'literal')) return null
    const places = digits ? String(toContract(digits.value, digits.type)) : '0'
    const text = wordsOf(value, place, 0)
    return isChinese(place) ? `${text}，保留 ${places} 位小数` : `${text}, rounded to ${places} decimals`
  },
  if: ({ args }, place) => {
    const texts = args.map(arg => wordsOf(arg, place, 0))
    const parts: string[] = []
    for (let at = 0; at + 1 < texts.length; at += 2)
      parts.push(isChinese(place) ? `如果${texts[at]}，则 ${texts[at + 1]}` : `if ${texts[at]}: ${texts[at + 1]}`)
    const last = texts.length % 2 === 1 ? texts.at(-1) : undefined
    if (last !== undefined) parts.push(isChinese(place) ? `否则 ${last}` : `else ${last}`)
    return parts.join(isChinese(place) ? '；' : '; ')
  },
}

function emptiness(args: readonly CheckedRule[], place: Place, isSame: boolean): string | null {
  const [left, right] = args.map(plain)
  if (isNothing(right)) return emptyWords(left, place, isSame)
  if (isNothing(left)) return emptyWords(right, place, isSame)
  return null
}

function emptyWords(node: CheckedRule | undefined, place: Place, isEmpty: boolean): string {
  const name = node ? wordsOf(node, place, 3) : ''
  if (isChinese(place)) return `${name}${isEmpty ? '为空' : '不为空'}`
  return `${name} ${isEmpty ? 'is empty' : 'is not empty'}`
}
