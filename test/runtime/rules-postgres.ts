import fc from 'fast-check'
import pg from 'pg'
import { compileRule } from '../../platform/rules/javascript.js'
import { once } from '../../platform/rules/once.js'
import type { Place } from '../../platform/rules/operator.js'
import { askReference } from '../../platform/rules/reference.js'
import type { CheckedRule } from '../../platform/rules/rule.js'
import { isForSql, type RowsSql, toSql } from '../../platform/rules/sql-reading.js'
import { fromContract, isList, isMembers, type RuleType, scalarKinds, scalarOf, toParameter } from '../../platform/rules/types.js'
import { join, literal, name, render, Sql, sql } from '../../platform/sql/sql.js'
import { randomFields, randomRecord, randomRows, randomRule } from '../platform/rules-random.js'
import { checked, columnType, contextOf } from '../platform/rules-scope.js'
import { sharedRecord, sharedRule } from '../platform/rules-shared.js'
import { workerDatabaseUrl } from '../support/database.js'

export type Row = Readonly<Record<string, unknown>>

/** The zone in which the random rules are evaluated. */
const zone = 'Asia/Shanghai'

/** A rule of which every record is asked. */
export interface Question {
  readonly rule: CheckedRule
  readonly type: RuleType
  readonly place: Place
}

export async function openClient(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: await workerDatabaseUrl() })
  await client.connect()
  return client
}

/** A value as PostgreSQL writes its contract form; whole numbers and decimals both as texts. */
function contractForm(value: Sql, type: RuleType): Sql {
  if (type === 'boolean') return value
  const text = scalarKinds[scalarOf(type)].toText
  if (!isList(type)) return text(value)
  return once(
    value,
    list =>
      sql`case when ${list} is not null then array(select ${text(sql`u.m`)} from unnest(${list}) with ordinality u(m, n) order by u.n) end`,
  )
}

/** Answers every question for every record, in one statement: a row for each record, a column for each question. */
export async function askPostgres(
  client: pg.Client,
  types: Readonly<Record<string, RuleType>>,
  records: readonly Row[],
  questions: readonly Question[],
  timeZone = zone,
  rows: readonly string[] = [],
): Promise<unknown[][]> {
  const fields = [...Object.keys(types), ...rows]
  const written = records.map(
    (record, index) =>
      sql`(${index}::integer, ${join(fields.map(field => (rows.includes(field) ? jsonCell(record[field]) : cell(record[field], types[field] ?? 'text'))))})`,
  )
  const answers = questions.map(({ rule, type, place }) => {
    const answer = toSql(rule, { read: path => name('r', ...path), timeZone: sql`${timeZone}::text`, rows: rowsOf }, place)
    return contractForm(place === 'negated' ? sql`(not ${answer})` : place === 'positive' ? sql`coalesce(${answer}, false)` : answer, type)
  })
  const statement = sql`select ${join(answers)} from (values ${join(written)}) r (${join([name('row'), ...fields.map(field => name(field))])}) order by r."row"`
  const { text, values } = render(statement)
  const found = await client.query<unknown[]>({ text, values: [...values], rowMode: 'array' })
  return found.rows
}

const jsonCell = (value: unknown): Sql => sql`${JSON.stringify(value ?? [])}::jsonb`

/** Rows that stand in a column as JSON. */
const rowsOf = ([first = '']: readonly string[]): RowsSql => ({
  from: sql`jsonb_array_elements(${name('r', first)}) with ordinality l(j, n)`,
  where: sql`true`,
  order: sql`l.n`,
  scope: { read: ([field = ''], type) => scalarKinds[scalarOf(type)].cast(sql`(l.j ->> ${literal(field)})`) },
})

/** A contract value as its column holds it: durations are seconds. */
function cell(value: unknown, type: RuleType): Sql {
  const kept = fromContract(value, type)
  return new Sql(['', `::${columnType(type)}`], [isMembers(kept) ? kept.map(toParameter) : toParameter(kept)])
}

/** What JavaScript answers, in the form in which PostgreSQL is asked. */
export function askJavaScript({ rule, place }: Question, record: Row): unknown {
  const value = compileRule(rule)(contextOf(record, zone))
  if (place === 'positive') return value === true
  if (place === 'negated') return value !== true
  return typeof value === 'number' ? String(value) : value
}

/** One random pair that the readings answer differently. */
export interface Difference {
  readonly rule: unknown
  readonly record: Row
  readonly place: Place
  readonly javascript: unknown
  readonly postgres: unknown
  /** What json-logic-js answers, where it was asked. */
  readonly reference?: unknown
}

/** What came of comparing the readings: pairs, how many of them json-logic-js was asked too, and those that differ. */
export interface Compared {
  readonly pairs: number
  readonly referred: number
  readonly differences: readonly Difference[]
}

/** What random pairs are made of: all of the language, or only what json-logic-js shares. */
const sources = { all: { rules: randomRule, records: randomRecord }, shared: { rules: sharedRule, records: sharedRecord } } as const

/**
 * Compares the readings on random rules and records: `batches` statements, each of 40 rules over 50 records. json-logic-js is asked
 * too wherever it shares the meaning.
 */
export async function compareReadings(
  client: pg.Client,
  seed: number,
  batches: number,
  source: keyof typeof sources = 'all',
): Promise<Compared> {
  const differences: Difference[] = []
  const { rules, records: from } = sources[source]
  let [pairs, referred] = [0, 0]
  for (let batch = 0; batch < batches; batch++) {
    const records = fc.sample(from, { seed: seed + 2 * batch, numRuns: 50 })
    const questions = fc.sample(rules, { seed: seed + 2 * batch + 1, numRuns: 40 }).map(({ rule, type }, index) => {
      const places: readonly Place[] = type === 'boolean' ? ['positive', 'negated', 'value'] : ['value']
      return { rule: checked(rule, randomFields, type, randomRows), type, place: places[index % places.length] ?? 'value' }
    })
    const known = questions.filter(({ rule }) => isForSql(rule))
    const answers = await askPostgres(client, randomFields, records, known, zone, Object.keys(randomRows))
    for (const [row, record] of records.entries()) {
      for (const question of questions) {
        const javascript = askJavaScript(question, record)
        const place = known.indexOf(question)
        const postgres = place < 0 ? javascript : answers[row]?.[place]
        const reference = askReference(question.rule, contextOf(record, zone))
        if (reference) referred++
        if (javascript !== postgres || reference?.isSame === false)
          differences.push({ rule: question.rule.rule, record, place: question.place, javascript, postgres, reference: reference?.there })
        pairs++
      }
    }
  }
  return { pairs, referred, differences }
}

/** Says of how many pairs json-logic-js was asked. */
export const sayReferred = ({ pairs, referred }: Compared, source: string): void => {
  process.stdout.write(`json-logic-js was asked ${referred} of ${pairs} random pairs (${source})\n`)
}
