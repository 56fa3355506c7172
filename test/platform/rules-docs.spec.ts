import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { labelOf } from '../../platform/label.js'
import { ruleLimits } from '../../platform/rules/limits.js'
import type { Operator } from '../../platform/rules/operator.js'
import { abbreviations, binders, families, operatorNames, operators } from '../../platform/rules/operators/index.js'
import { operatorLabels } from '../../platform/rules/operators/labels.js'
import { type RuleType, scalarKinds, typeLabel } from '../../platform/rules/types.js'
import { expectGolden } from '../support/golden.js'
import { compareSuite, type Difference, hasSuite, type Reason, reasons } from './rules-suite.js'

if (!hasSuite) process.stderr.write('SKIPPED: the published JSON Logic suite is not run, because ../shared/data/json-logic is not there\n')

const page = 'docs/rules.md'
const row = (...cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
const code = (value: unknown) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
const wordsOf = (type: RuleType) => labelOf(typeLabel(type), 'en').replace(/^an? /, '')

/** A page with what stands between two marks written anew. */
function withPart(text: string, mark: string, part: string): string {
  const [from, to] = [`<!-- ${mark} -->\n`, `<!-- /${mark} -->`]
  const [start, end] = [text.indexOf(from), text.indexOf(to)]
  if (start < 0 || end < 0) throw new Error(`${page} has no place for ${mark}`)
  return `${text.slice(0, start + from.length)}\n${part}\n\n${text.slice(end)}`
}

const exampleOf = ({ name, cases }: Operator): string => {
  const [example] = cases
  return example ? `${code({ [name]: example.args })} → ${code(JSON.stringify(example.gives))}` : ''
}
const givesOf = ({ gives }: Operator): string =>
  gives === 'group' ? 'the type of its arguments' : gives === 'member' ? 'the type of the members' : wordsOf(gives)

function operatorTables(): string {
  return families
    .map(family => {
      const rows = [
        ...family.operators.map(operator =>
          row(code(operator.name), title(operator.name), givesOf(operator), exampleOf(operator), operator.sql ? '' : 'not in SQL'),
        ),
        ...(family.binders ?? []).map(({ name, cases: [example], gives, sql }) =>
          row(
            code(name),
            title(name),
            typeof gives === 'string' && ['body', 'bodies', 'list'].includes(gives)
              ? { body: 'what the body gives', bodies: 'a list of that', list: 'the list' }[gives as 'body']
              : wordsOf(gives as RuleType),
            example ? `${code({ [name]: [example.list, ...example.body] })} → ${code(JSON.stringify(example.gives))}` : '',
            sql ? '' : 'not in SQL',
          ),
        ),
        ...family.abbreviations.map(({ name, expects }) =>
          row(code(name), title(name), '', `takes ${labelOf(expects, 'en')}`, 'written in others'),
        ),
      ]
      return `### ${labelOf(family.label, 'en')} (${labelOf(family.label, 'zh-CN')})\n\n${row('Operator', 'Means', 'Gives', 'For example', '')}\n${row('---', '---', '---', '---', '---')}\n${rows.join('\n')}`
    })
    .join('\n\n')
}

const title = (name: string): string => {
  const label = operatorLabels[name]
  return label === undefined ? '' : `${labelOf(label, 'en')} · ${labelOf(label, 'zh-CN')}`
}

const typeTable = (): string =>
  [
    row('Type', 'In words'),
    row('---', '---'),
    ...Object.entries(scalarKinds).map(([name, kind]) => row(code(name), `${labelOf(kind.label, 'en')} · ${labelOf(kind.label, 'zh-CN')}`)),
  ].join('\n')

function suiteTables(agreeing: number, differences: readonly Difference[]): string {
  const parts = (Object.keys(reasons) as Reason[]).map(reason => {
    const found = differences.filter(difference => difference.reason === reason)
    const rows = found.map(({ rule, suite, here }) => row(code(rule), code(suite), here === 'refused' ? here : code(here)))
    return `#### ${reason}: ${found.length}\n\n${reasons[reason]}\n\n${row('Rule', 'The suite', 'Here')}\n${row('---', '---', '---')}\n${rows.join('\n')}`
  })
  return `Of ${agreeing + differences.length} cases ${agreeing} agree and ${differences.length} differ.\n\n${parts.join('\n\n')}`
}

describe('the page about rules', () => {
  it('has every type and operator of the register', () => {
    const text = readFileSync(page, 'utf8')
    const named = withPart(withPart(text, 'types', typeTable()), 'operators', operatorTables())
    expectGolden(page, named)
    for (const name of operatorNames) expect(named).toContain(`| \`${name.replaceAll('|', '\\|')}\` |`)
  })

  it('says the limits as they are', () => {
    const text = readFileSync(page, 'utf8')
    for (const limit of [ruleLimits.depth, ruleLimits.size, ruleLimits.steps]) expect(text).toContain(limit.toLocaleString('en'))
  })

  it('calls every operator by a name in both languages', () => {
    const names = [...Object.keys(operators), ...Object.keys(binders), ...Object.keys(abbreviations)]
    expect(names.filter(name => operatorLabels[name] === undefined)).toEqual([])
    expect(Object.keys(operatorLabels).filter(name => !operatorNames.includes(name))).toEqual([])
  })
})

;(hasSuite ? describe : describe.skip)('the published JSON Logic suite, without a model', () => {
  it('agrees but for the differences that the page lists, each with its reason', () => {
    const { agreeing, differences } = compareSuite()
    expect({ agreeing, differing: differences.length }).toEqual({ agreeing: 198, differing: 80 })
    expectGolden(page, withPart(readFileSync(page, 'utf8'), 'json-logic', suiteTables(agreeing, differences)))
  })
})
