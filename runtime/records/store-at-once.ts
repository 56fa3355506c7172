import { from } from '@tessera/platform/query/source.js'
import type { Change, Circumstance } from '@tessera/platform/records/change.js'
import { freeingStatements } from '@tessera/platform/records/freeing.js'
import { writeStatements } from '@tessera/platform/records/statements.js'
import type { WriteStatement } from '@tessera/platform/records/write-statement.js'
import { integer, join, mapValues, name, nothing, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { newId } from '../database/id.js'
import { sqlState } from '../database/transaction.js'
import { isSeen } from './coverage.js'
import { rowsOf } from './run.js'
import { type DrawnNumber, type NamedRecord, NeedsTransaction, type ReadRecord, type ShownAtOnce, type Unlocked } from './unlocked.js'
import type { WriteContext } from './write-context.js'

/** What a part of the statement must come to. */
interface Part {
  readonly name: string
  readonly sql: Sql
  /** How many rows it must touch or find; null for any. */
  readonly expects: number | null
}

/**
 * Writes decided changes by one statement, which is a transaction by itself: with what the decision rests on looked at again and locked,
 * numbers drawn, history, outbox and the answer. Where anything differs the statement fails as a whole.
 * Throws `NeedsTransaction` then: nothing was written.
 */
export async function storeAtOnce(
  unlocked: Unlocked,
  changes: readonly Change[],
  circumstance: Circumstance,
  context: WriteContext,
): Promise<void> {
  const [first] = changes
  if (!first) return
  if (freeingStatements(changes, circumstance).length > 0) throw new NeedsTransaction(false)
  // with others made beside it a record is read afterwards: parts of one statement do not see each other
  const isAlone = changes.filter(({ isComputed }) => !isComputed).length === 1
  const shown = unlocked.shown && isAlone && !changes.some(isShownIn(unlocked.shown)) ? unlocked.shown : null
  const statements = writeStatements(changes, circumstance, newId, shown ? first.id : null)
  const written = new Set(changes.map(({ object, id }) => `${object.name} ${id}`))
  const parts: Part[] = [
    ...unlocked.numbers.map(counterPart),
    ...[...unlocked.named].flatMap(([key, record]) => namedPart(record, written.has(key), context) ?? []).map(numbered('named')),
    ...[...unlocked.read].flatMap(([key, record]) => (written.has(key) ? [] : [readPart(record)])).map(numbered('read')),
    ...statements.map(withNumbers(unlocked.numbers)),
  ]
  const answer = shown ? sql`, ${shown.json('record0')} as data` : nothing
  const piece = sql`with ${join(parts.map(part => sql`${name(part.name)} as (${part.sql})`))} select ${holding(parts, unlocked.numbers)} as holds${answer}`
  try {
    const [row] = await rowsOf<{ data?: string | null }>(unlocked.reader, piece, context)
    if (shown) unlocked.answer = row?.data ?? null
  } catch (error) {
    const state = sqlState(error)
    if (state === isOtherwise || state.startsWith('23') || state.startsWith('40')) throw new NeedsTransaction(true)
    throw error
  }
}

/** Whether an answer shows of a further record what a change makes of it. */
const isShownIn =
  ({ reads }: ShownAtOnce) =>
  ({ object, isComputed, changed }: Change): boolean => {
    const keys = reads.get(object.name)
    return keys !== undefined && (keys === null || !isComputed || changed.some(key => keys.has(key)))
  }

/** Division by zero: PostgreSQL has no other way for a plain statement to fail by what it finds. */
const isOtherwise = '22012'

/** Fails the statement, and with it everything that it wrote, unless each part came to what it must. */
function holding(parts: readonly Part[], numbers: readonly DrawnNumber[]): Sql {
  const counted = parts.flatMap(part =>
    part.expects === null ? [] : [sql`(select count(*) from ${name(part.name)}) = ${integer(part.expects)}`],
  )
  const free = numbers.map(
    (number, at) =>
      sql`not exists (select from ${from(number.object, 'n')} where ${name('n', number.column)} = ${drawn(number.text, number, at)} and n.deleted_at is null)`,
  )
  return sql`1 / (case when ${join([...counted, ...free], ' and ')} then 1 else 0 end)`
}

const numbered =
  (kind: string) =>
  (part: Omit<Part, 'name'>, at: number): Part => ({ ...part, name: `${kind}${at}` })

const counterPart = ({ counter }: DrawnNumber, at: number): Part => ({
  name: `counter${at}`,
  expects: 1,
  sql: sql`insert into ${workspaceTable('_counter')} as c (name, n) values (${counter}, 1) on conflict (name) do update set n = c.n + excluded.n returning n`,
})

/** A text with the digits of a drawn number in the place of its mark. */
const drawn = (text: string, { mark, width }: DrawnNumber, at: number): Sql => {
  const counter = name(`counter${at}`)
  const digits = width === 0 ? sql`n::text` : sql`lpad(n::text, greatest(${integer(width)}, length(n::text)), '0')`
  return sql`replace(${text}::text, ${mark}, (select ${digits} from ${counter}))`
}

/** A statement with the drawn numbers wherever their marks stand in its values: in the record, its history and its event. */
const withNumbers =
  (numbers: readonly DrawnNumber[]) =>
  (statement: WriteStatement): Part => ({
    ...statement,
    sql:
      numbers.length === 0
        ? statement.sql
        : mapValues(statement.sql, value => {
            if (typeof value !== 'string') return null
            const at = numbers.findIndex(({ mark }) => value.includes(mark))
            const number = numbers[at]
            return number ? drawn(value, number, at) : null
          }),
  })

/** Looks whether a record that is pointed at is there for the writer; what the write itself changes is locked and looked at by that. */
function namedPart({ object, id, isHeld }: NamedRecord, isWritten: boolean, context: WriteContext): Omit<Part, 'name'> | null {
  if (object === null) return { expects: 1, sql: sql`select m.id from ${workspaceTable('_member')} m where m.id = ${id}::uuid` }
  const { profile } = context
  if (isWritten && (profile === null || profile.conditions.of(object.name) === null)) return null
  const lock = isHeld && !isWritten ? sql` for key share of t` : nothing
  return { expects: 1, sql: sql`select t.id from ${from(object, 't')} where t.id = ${id}::uuid and ${isSeen(object, context)}${lock}` }
}

const readPart = ({ object, id, version }: ReadRecord): Omit<Part, 'name'> => ({
  expects: 1,
  sql: sql`select t.id from ${from(object, 't')} where t.id = ${id}::uuid and t.version = ${integer(version)} for no key update of t`,
})
