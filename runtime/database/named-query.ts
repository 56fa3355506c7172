import { onceFor } from '@tessera/platform/once-for.js'
import pg, { type QueryResult } from 'pg'

/** What pg keeps of how the rows of an answer are read. */
interface Reading {
  readonly fields: unknown
  readonly _parsers: unknown
  readonly _prebuiltEmptyResultObject: unknown
}

/** How a connection reads the rows of statements, by their names: while one stays prepared, PostgreSQL gives it no other columns. */
export type Readings = Map<string, Reading>

/** What pg keeps of a connection beyond its declared type: which names it has prepared, and messages of the protocol. */
export interface Preparing {
  readonly parsedStatements: Record<string, string>
  close(of: { readonly type: 'S'; readonly name: string }): void
}

/** What a query of pg has and does beyond its declared type. */
interface Sent {
  name: string
  callback: Told
  readonly _result: Reading
  _accumulateRows: boolean
  prepare(connection: Preparing): void
  handleRowDescription(message: unknown): void
}

/** Who is told what came of a query. */
export type Told = (error: Error | null, result: QueryResult) => void

const SentQuery = pg.Query as unknown as new (text: string, values: unknown) => Sent

/** A statement under a name. A connection asks once for its columns, not with each answer, and makes once what reads them. */
export class NamedQuery extends SentQuery {
  constructor(
    name: string,
    text: string,
    values: unknown,
    private readonly readings: Readings,
  ) {
    super(text, values)
    this.name = name
  }

  override prepare(connection: Preparing): void {
    const reading = connection.parsedStatements[this.name] === undefined ? undefined : this.readings.get(this.name)
    if (reading) {
      Object.assign(this._result, reading)
      this._accumulateRows = true
    }
    super.prepare(reading ? askingNoColumns(connection) : connection)
  }

  override handleRowDescription(message: unknown): void {
    super.handleRowDescription(message)
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result
    this.readings.set(this.name, { fields, _parsers, _prebuiltEmptyResultObject })
  }
}

/** The same connection, on which nobody asks what columns a statement has. */
const askingNoColumns = onceFor((connection: Preparing): Preparing => Object.create(connection, { describe: { value: () => undefined } }))
