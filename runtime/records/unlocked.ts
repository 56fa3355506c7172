import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { Sql } from '@tessera/platform/sql/sql.js'
import type { QueryResult } from 'pg'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'

/** Thrown where a write needs locks after all: nothing was written, and it is to be done in a transaction. */
export class NeedsTransaction extends Error {
  /** @param isPassing whether only somebody else's write stood in the way, so that the next one of its kind may well succeed */
  constructor(readonly isPassing: boolean) {
    super('This write needs a transaction')
  }
}

/** A record that was read and has to be in the same version when the write goes in. */
export interface ReadRecord {
  readonly object: ObjectModel
  readonly id: string
  readonly version: number
}

/** A record that is pointed at and has to be there for the writer; without an object, a member. */
export interface NamedRecord {
  readonly object: ObjectModel | null
  readonly id: string
  /** Whether it has to be locked against going, where the write does not change it itself. */
  readonly isHeld: boolean
}

/** A number that the statement of the write draws, and what stands for its digits until then. */
export interface DrawnNumber {
  /** The name of the counter's row. */
  readonly counter: string
  readonly mark: string
  /** As many digits at least. */
  readonly width: number
  readonly object: ObjectModel
  /** The column of the number, and its text with the mark. */
  readonly column: string
  readonly text: string
}

/** How the record that a write makes is shown by the statement of the write itself. */
export interface ShownAtOnce {
  /** What the answer shows of further records, by object: keys, or null for all. When the write changes any of it too, it is read afterwards. */
  readonly reads: ReadonlyMap<string, ReadonlySet<string> | null>
  /** The record as JSON, of the one row of a part of the statement that has all columns; null where the writer may not see it. */
  readonly json: (rows: string) => Sql
}

/**
 * What a write of one record stands on that is tried without a transaction: it reads without locks, decides, and its one statement
 * goes in only when everything that was read is still so. What it cannot do that way throws `NeedsTransaction`, and so does any other
 * statement than those that ask for `reader`.
 */
export class Unlocked implements Queryable {
  readonly read = new Map<string, ReadRecord>()
  readonly named = new Map<string, NamedRecord>()
  readonly numbers: DrawnNumber[] = []
  /** What the statement of the write gave back of its record; undefined while it gave nothing. */
  answer: string | null | undefined

  /**
   * @param reader for statements that lock nothing
   * @param shown how the record of the write is shown; null where it is read afterwards
   */
  constructor(
    readonly reader: Queryable,
    readonly shown: ShownAtOnce | null,
  ) {}

  query(): Promise<QueryResult<Record<string, unknown>>> {
    throw new NeedsTransaction(false)
  }

  /** A record was read that the decision rests on. */
  reads(record: ReadRecord): void {
    this.read.set(`${record.object.name} ${record.id}`, record)
  }

  /** A record is pointed at. */
  names(record: NamedRecord): void {
    this.named.set(`${record.object?.name ?? ''} ${record.id}`, record)
  }

  /** Has the statement draw a number; gives what stands for its digits, which nobody can have typed. */
  draws(number: Omit<DrawnNumber, 'mark' | 'text'>, textOf: (digits: string) => string): string {
    const mark = newId()
    const text = textOf(mark)
    this.numbers.push({ ...number, mark, text })
    return text
  }
}

/** Where statements go that only read, and by which nothing is decided that a lock would have to keep. */
export const readerOf = (client: Queryable): Queryable => (client instanceof Unlocked ? client.reader : client)
