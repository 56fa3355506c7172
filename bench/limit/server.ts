import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { readsOf } from './reads.js'
import { writesOf } from './writes.js'

/** What the limit is told when it is started. */
export interface LimitSettings {
  readonly url: string
  readonly schema: string
  readonly member: string
  readonly reached: readonly string[]
  readonly grantees: readonly string[]
}

/** The limit: one plain HTTP process over hand-written, named, prepared statements whose JSON PostgreSQL builds, passed through as text. */
const settings = JSON.parse(process.argv[2] ?? '{}') as LimitSettings
const pool = new pg.Pool({ connectionString: settings.url, max: 10, options: '-c TimeZone=UTC' })
pool.on('error', () => undefined)
const schema = `"${settings.schema}"`
const who = [settings.reached, settings.grantees] as const
const statements = { ...readsOf(schema, who), ...writesOf(schema, settings.member, who) }

/** Answers an operation by its one statement. Throws for an operation that it does not have. */
async function answer({ name, variables }: { name: string; variables: Record<string, unknown> }): Promise<string> {
  const statement = statements[name]
  if (!statement) throw new Error(`There is no ${name}.`)
  const { rows } = await pool.query<{ data: string }>({ name, text: statement.text, values: statement.values(variables) })
  return `{"data":${rows[0]?.data}}`
}

createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    answer(JSON.parse(Buffer.concat(chunks).toString()) as Parameters<typeof answer>[0]).then(
      text => response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
}).listen(0, '127.0.0.1', function listening(this: import('node:http').Server) {
  process.stdout.write(`listening ${(this.address() as AddressInfo).port}\n`)
})
