import { schemaOf, slugOf } from '../database/schema.js'
import { chooseWorkspace } from './database-of.js'
import type { Press } from './press.js'

/** Where definitions come from: nothing but them, never members, keys, settings or records. */
export interface Origin {
  /** How it is called in messages. */
  readonly name: string
  readonly version: number
  readonly definitions: readonly unknown[]
}

/** The present definitions of a workspace of this installation, or of another one at an address. Throws when they cannot be read. */
export const originOf = (from: string, press: Press): Promise<Origin> =>
  /^https?:\/\//.test(from) ? there(new URL(from), process.env.TESSERA_TOKEN ?? '') : here(from, press)

async function here(slug: string, { database, publisher, schema }: Press): Promise<Origin> {
  const workspace = await chooseWorkspace(database, slug)
  const from = schemaOf(workspace.slug)
  if (from === schema) throw new Error(`${slugOf(schema)} cannot be promoted into itself.`)
  const definitions = await publisher.definitions(from, null, null)
  const [newest] = await publisher.versions(from)
  return { name: workspace.slug, version: newest?.number ?? 0, definitions: definitions.map(({ definition }) => definition) }
}

interface Answered {
  readonly data?: { readonly app: { readonly version: number }; readonly definitions: readonly unknown[] } | null
  readonly errors?: readonly { readonly message: string }[]
}

async function there(address: URL, token: string): Promise<Origin> {
  if (token === '') throw new Error('Put the API key of an admin there into TESSERA_TOKEN.')
  const answer = await fetch(new URL('/platform', address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ app { version } definitions }' }),
  }).catch((error: unknown) => {
    throw new Error(`${address.host} cannot be reached: ${error instanceof Error ? error.message : ''}`)
  })
  const { data, errors } = (await answer.json().catch(() => ({}))) as Answered
  if (!data) throw new Error(`${address.host} answered ${answer.status}: ${errors?.[0]?.message ?? 'no definitions'}`)
  return { name: address.host, version: data.app.version, definitions: data.definitions }
}
