import { elementPath } from '@tessera/platform/definitions/index.js'
import { newTables } from '@tessera/platform/tables/ddl.js'
import { assignStorage, type Storage, withStorage } from '@tessera/platform/tables/storage.js'
import { tables } from '@tessera/platform/tables/tables.js'
import type { Pool } from 'pg'
import { note } from '../audit/entry.js'
import type { Queryable } from '../database/queryable.js'
import { runScript, type Script, scriptOf } from '../database/script.js'
import { RequestError } from '../request-error.js'
import { candidateOf } from './candidate.js'
import { askPostgres } from './example-readings.js'
import { offersOf } from './offers.js'
import { hashOf, type StoredElement, writeVersion } from './version-store.js'

/** What workspaces begin with, worked out once for many: definitions that are sound, and the statements that make their tables. */
export interface Template {
  readonly elements: readonly StoredElement[]
  readonly storage: Storage
  readonly script: Script
}

/**
 * Works a template out, with every check that a publish makes.
 * @param put elements exactly as the files have them
 * Throws `VALIDATION_FAILED` with every issue.
 */
export async function templateOf(put: readonly unknown[], pool: Pool): Promise<Template> {
  const { elements, model, issues, examples } = candidateOf([], { put, remove: [] }, 'base')
  if (issues.length > 0 || !examples) throw new RequestError('VALIDATION_FAILED', issues)
  const asked = await askPostgres(pool, model)
  if (asked.issues.length > 0) throw new RequestError('VALIDATION_FAILED', asked.issues)
  const storage = assignStorage(model, [], {})
  const shapes = tables(withStorage(model, storage), await offersOf(pool))
  return { elements, storage, script: scriptOf(newTables(shapes)) }
}

/**
 * Makes a template the first version of a workspace that has none: its tables with all their indexes, its definitions, an entry of the log.
 * Nothing is left to be built behind it.
 * @param client inside the transaction that makes the workspace, or one that holds its lock
 */
export async function furnish(client: Queryable, schema: string, { elements, storage, script }: Template): Promise<void> {
  await runScript(client, schema, script)
  await writeVersion(client, schema, { number: 1, hash: hashOf(elements, storage), author: null, message: null, storage, elements }, null)
  const data = { version: 1, message: null, back: null, put: elements.map(elementPath), removed: [] }
  await note(client, schema, { kind: 'metadata', action: 'published', actor: null, channel: 'command', data })
}
