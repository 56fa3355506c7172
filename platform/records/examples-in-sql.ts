import type { Issue } from '../errors.js'
import type { Model } from '../model/model.js'
import { type GivenJson, givenTo } from '../rules/given.js'
import { compileRule } from '../rules/javascript.js'
import { jsonContext, jsonScope, putParameter } from '../rules/json-scope.js'
import type { RuleContext } from '../rules/operator.js'
import { type CheckedRule, treesOf } from '../rules/rule.js'
import { isForSql, toSql } from '../rules/sql-reading.js'
import { fromContract, isList, type RuleType, scalarKinds, scalarOf, toContract } from '../rules/types.js'
import { integer, join, type Sql, sql } from '../sql/sql.js'
import { contextOf } from './check.js'
import { givenOf } from './example-record.js'
import { examplesOf, type ModelExample, plainText, readingIssue } from './examples.js'

/** Why an example is not asked of the database. */
export type Uncovered = 'notSql' | 'tree' | 'value' | 'many'

/** One rule with the examples of it that the database is asked. */
export interface SqlQuestion {
  readonly rule: CheckedRule
  readonly asked: readonly { readonly of: ModelExample; readonly given: GivenJson; readonly here: unknown }[]
}

/** What the database is asked about the examples of a model, and what it cannot be. */
export interface SqlQuestions {
  readonly questions: readonly SqlQuestion[]
  readonly uncovered: readonly { readonly path: string; readonly why: Uncovered }[]
}

/** How many rules are asked in one statement. */
const mostRules = 500

/** Prepares every sound example of a model for the database: what its rule reads, as JSON, and what JavaScript answers to just that. */
export function questionsOf(model: Model): SqlQuestions {
  const byRule = new Map<CheckedRule, SqlQuestion['asked'][number][]>()
  const uncovered: { path: string; why: Uncovered }[] = []
  for (const of of examplesOf(model)) {
    const rule = of.ruled?.rule
    if (!rule) continue
    const given = givenOf(of.example.given, of.object, model, of.path)
    if (given.issues.length > 0) continue
    const contract = withIds(rule, contextOf(given.judged))
    const why = byRule.has(rule) || byRule.size < mostRules ? obstacle(rule, contract) : 'many'
    if (why) uncovered.push({ path: of.path, why })
    else {
      const context = jsonContext(contract)
      const asked = { of, given: givenTo(rule, context, putParameter), here: compileRule(rule)(context) }
      byRule.set(rule, [...(byRule.get(rule) ?? []), asked])
    }
  }
  return { questions: [...byRule].map(([rule, asked]) => ({ rule, asked })), uncovered }
}

const anId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** What a rule reads, in contract form; names that examples give to records become ids, the same for the same. */
function withIds(rule: CheckedRule, context: RuleContext): GivenJson {
  const ids = new Map<unknown, string>()
  const idOf = (value: unknown): unknown => {
    if (typeof value !== 'string' || anId.test(value)) return value
    const known = ids.get(value) ?? `00000000-0000-7000-8000-${String(ids.size + 1).padStart(12, '0')}`
    ids.set(value, known)
    return known
  }
  return givenTo(rule, context, (json, { path, type }, value) => {
    const read = toContract(fromContract(value, type), type)
    json[path.join('.')] = scalarOf(type) !== 'id' ? read : Array.isArray(read) ? read.map(idOf) : idOf(read)
  })
}

function obstacle(rule: CheckedRule, given: GivenJson): Uncovered | null {
  if (treesOf(rule).length > 0) return 'tree'
  if (!isForSql(rule)) return 'notSql'
  return isStorable(given) && hasPromised(rule, given) ? null : 'value'
}

const isStorable = (given: GivenJson): boolean => !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(given))

/** Whether everything is given that a table or a session always has, such as ids and who asks. */
function hasPromised(rule: CheckedRule, given: GivenJson): boolean {
  let isGiven = true
  givenTo(rule, jsonContext(given), (_, node, value) => {
    if (!node.isNullable && value === null) isGiven = false
  })
  return isGiven
}

/** One statement that answers questions: for each example the numbers of question and example, and the answer as text. It reads no table. */
export const statementOf = (questions: readonly SqlQuestion[]): Sql =>
  join(
    questions.map(({ rule, asked }, index) => {
      const given = JSON.stringify(asked.map(one => one.given))
      const isCondition = rule.type === 'boolean'
      const answer = toSql(rule, jsonScope('r'), isCondition ? 'positive' : 'value')
      const text = isCondition ? sql`coalesce(${answer}, false)::text` : asText(answer, rule.type)
      return sql`select ${integer(index)}, r.n::integer, ${text} from jsonb_array_elements(${given}::jsonb) with ordinality r(j, n)`
    }),
    ' union all ',
  )

function asText(value: Sql, type: RuleType): Sql {
  const { toText } = scalarKinds[scalarOf(type)]
  if (!isList(type)) return toText(value)
  const members = sql`array(select ${toText(sql`u.m`)} from unnest(q.v) with ordinality u(m, n) order by u.n)`
  return sql`(select case when q.v is not null then to_json(${members})::text end from (select ${value} as v) q)`
}

/** What JavaScript answers, as the statement writes it. */
function hereText(here: unknown, { type }: CheckedRule): string | null {
  if (type === 'boolean') return String(here === true)
  if (here === null || here === undefined) return null
  return Array.isArray(here) ? JSON.stringify(here.map(each => (each === null ? null : String(each)))) : String(here)
}

/** A row of the answer: question, example (from 1), text. */
export type SqlAnswer = readonly [question: number, example: number, text: string | null]

/** The issues of examples that the database answers differently. */
export const comparedAnswers = (questions: readonly SqlQuestion[], answers: readonly SqlAnswer[]): Issue[] =>
  answers.flatMap(([question, example, text]) => {
    const rule = questions[question]?.rule
    const asked = questions[question]?.asked[example - 1]
    if (!rule || !asked || text === hereText(asked.here, rule)) return []
    return [
      readingIssue(
        asked.of,
        'PostgreSQL',
        locale => plainText(rule.type === 'boolean' ? text === 'true' : text, locale),
        rule.type === 'boolean' ? asked.here === true : asked.here,
      ),
    ]
  })

/** The issues of a question on which the database breaks off. */
export const brokenAnswers = ({ rule, asked }: SqlQuestion): Issue[] =>
  asked.map(({ of, here }) => readingIssue(of, 'PostgreSQL', locale => breakOff[locale], rule.type === 'boolean' ? here === true : here))

const breakOff = { en: 'an error', 'zh-CN': '错误' }
