import { existsSync, readFileSync } from 'node:fs'
import type { IssueCode } from '../../platform/messages.js'
import { evaluateUntyped } from '../../platform/rules/untyped.js'

const file = new URL('../../../shared/data/json-logic/tests.json', import.meta.url)

/** Whether the published suite is there; it is read where it lies, not kept here. */
export const hasSuite = existsSync(file)

export type SuiteCase = readonly [rule: unknown, data: unknown, gives: unknown]

/** The cases of the published JSON Logic suite; the texts between them are headings. */
export const suiteCases = (): readonly SuiteCase[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as readonly unknown[]).filter((entry): entry is SuiteCase => Array.isArray(entry))

/** Why a case comes out differently. */
export const reasons = {
  truthiness: 'Conditions are true or false. A number, a text or a list is no condition; compare it or ask `isEmpty`.',
  coercion:
    'Values are never coerced: a text and a number are not ordered; a decimal may be written as a text, so `"1"` beside a number is 1.',
  arguments: 'An operator takes the arguments that it says: two sides, at least one list, a condition and what follows.',
  substring: '`in` asks for a member of a list; a part of a text is found by `contains`.',
  members: '`merge` takes lists, not single values.',
  branches: 'All branches of `if` have one type.',
  names: 'A name is written out, in letters and digits; a path never counts places, and nothing stands for the whole data.',
  emptyList:
    'A list that is absent or has no members has no type here, so a body that asks for numbers is refused; with a model the type is known. (`all` and `every` hold when there is none.)',
} as const
export type Reason = keyof typeof reasons

export interface Difference {
  readonly rule: string
  readonly suite: string
  readonly here: string
  readonly reason: Reason
}

/** What the JavaScript reading answers differently without a model, and how many cases it answers as the suite does. */
export function compareSuite(): { readonly agreeing: number; readonly differences: readonly Difference[] } {
  const differences: Difference[] = []
  let agreeing = 0
  for (const [rule, data, gives] of suiteCases()) {
    const answer = evaluateUntyped(rule, data)
    const here = 'value' in answer ? JSON.stringify(answer.value) : 'refused'
    if (here === JSON.stringify(gives)) agreeing++
    else {
      const codes = 'value' in answer ? [] : answer.issues.map(issue => issue.code)
      differences.push({ rule: JSON.stringify(rule), suite: JSON.stringify(gives), here, reason: reasonOf(rule, data, codes) })
    }
  }
  return { agreeing, differences }
}

const bodied = new Set(['map', 'filter', 'reduce', 'all', 'none', 'some'])

function reasonOf(rule: unknown, data: unknown, codes: readonly IssueCode[]): Reason {
  const [name = '', inner] = Object.entries(rule as Record<string, unknown>)[0] ?? []
  if (name === 'in') return 'substring'
  if (name === 'merge') return codes.includes('RULE_ARGUMENTS') ? 'arguments' : 'members'
  if (name === 'var' || name === 'missing') return 'names'
  if (bodied.has(name)) return JSON.stringify(inner).includes('start_with') ? 'names' : name === 'filter' ? 'truthiness' : 'emptyList'
  if (codes.includes('RULE_ARGUMENTS')) return 'arguments'
  if (name === 'if' && JSON.stringify(data)?.includes('true')) return 'branches'
  return ['if', 'and', 'or', '!', '!!'].includes(name) ? 'truthiness' : 'coercion'
}
