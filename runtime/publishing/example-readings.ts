import type { Issue } from '@tessera/platform/errors.js'
import type { Model } from '@tessera/platform/model/model.js'
import {
  brokenAnswers,
  comparedAnswers,
  questionsOf,
  type SqlAnswer,
  type SqlQuestion,
  statementOf,
  type Uncovered,
} from '@tessera/platform/records/examples-in-sql.js'
import { render } from '@tessera/platform/sql/sql.js'
import type { Pool } from 'pg'

/** In which readings the examples of a model were run. */
export interface Readings {
  readonly examples: number
  /** How many json-logic-js was asked, and how many PostgreSQL. */
  readonly reference: number
  readonly postgres: number
  /** Those that PostgreSQL was not asked, and why. */
  readonly uncovered: readonly { readonly path: string; readonly why: Uncovered | 'slow' }[]
}

interface Asked {
  readonly issues: readonly Issue[]
  readonly readings: Pick<Readings, 'postgres' | 'uncovered'>
}

/** How long the examples may take. */
const patience = '3s'
const isCancelled = (error: unknown): boolean => (error as { code?: unknown }).code === '57014'

/**
 * Asks PostgreSQL every example of a model in one statement over given values, in a transaction that can write nothing.
 * @returns `EXAMPLE_READING` for each that it answers otherwise than JavaScript does, or breaks off on
 */
export async function askPostgres(pool: Pool, model: Model): Promise<Asked> {
  const { questions, uncovered } = questionsOf(model)
  try {
    return { issues: comparedAnswers(questions, await answersTo(pool, questions)), readings: { postgres: countOf(questions), uncovered } }
  } catch {
    return askOneByOne(pool, questions, uncovered)
  }
}

/** The same with a statement for each rule: it breaks off on one of them. */
async function askOneByOne(pool: Pool, questions: readonly SqlQuestion[], uncovered: Readings['uncovered']): Promise<Asked> {
  const issues: Issue[] = []
  const slow: Readings['uncovered'][number][] = []
  let isLate = false
  for (const question of questions) {
    try {
      if (!isLate) issues.push(...comparedAnswers([question], await answersTo(pool, [question])))
    } catch (error) {
      if (!isData(error)) throw error
      isLate = isCancelled(error)
      if (!isLate) issues.push(...brokenAnswers(question))
    }
    if (isLate) slow.push(...question.asked.map(({ of }) => ({ path: of.path, why: 'slow' as const })))
  }
  return { issues, readings: { postgres: countOf(questions) - slow.length, uncovered: [...uncovered, ...slow] } }
}

/** Whether PostgreSQL refused a value, a limit or the time that it takes; a broken connection is none of it. */
const isData = (error: unknown): boolean => /^(22|42|54|57014|0A)/.test(String((error as { code?: unknown }).code ?? ''))

const countOf = (questions: readonly SqlQuestion[]): number => questions.reduce((count, { asked }) => count + asked.length, 0)

async function answersTo(pool: Pool, questions: readonly SqlQuestion[]): Promise<readonly SqlAnswer[]> {
  if (questions.length === 0) return []
  const { text, values } = render(statementOf(questions))
  const client = await pool.connect()
  try {
    await client.query(`begin read only; set local statement_timeout = '${patience}'`)
    const { rows } = await client.query<[number, number, string | null]>({ text, values: [...values], rowMode: 'array' })
    return rows
  } finally {
    await client.query('rollback').then(
      () => client.release(),
      (error: Error) => client.release(error),
    )
  }
}
