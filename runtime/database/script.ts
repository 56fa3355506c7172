import { flat, join, render, type Sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from './queryable.js'

/** Statements without values that are sent to PostgreSQL as one text: hundreds of them cost one way there and back. */
export type Script = Sql

/** Makes a script of statements. Throws when a value stands in one of them, since a text of several statements carries none. */
export function scriptOf(statements: readonly Sql[]): Script {
  const script = flat(join(statements, ';\n'))
  if (script.parts.length > 0) throw new Error('A statement of a script has a value')
  return script
}

/** Runs a script on the tables of a workspace's schema; inside a transaction all of it or nothing. */
export async function runScript(client: Queryable, schema: string, script: Script): Promise<void> {
  const { text } = render(script, schema)
  if (text !== '') await client.query(text)
}
