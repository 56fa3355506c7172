import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server'
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { acceptedLocale } from '@tessera/platform/label.js'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { WhoAsks } from '../access/who-asks.js'
import { Database } from '../database/database.js'
import { errorAnswer, statusOf } from '../error-answer.js'
import { Models } from '../publishing/models.js'
import { Writer } from '../records/writer.js'
import { RequestError } from '../request-error.js'
import { BugReport } from './bug-report.js'
import { checkDocument, checkVariables } from './nesting.js'
import type { RequestContext } from './request-context.js'
import { SchemaEntry } from './schema-entry.js'

interface Body {
  readonly query: string
  readonly operationName?: string
  readonly variables?: Readonly<Record<string, unknown>>
}

const mostEntries = 60

/** `POST /graphql` and `GET /graphql`: the records of the caller's workspace, by the schema of their profile. */
@Injectable()
export class RecordsEndpoint implements OnModuleDestroy {
  private readonly entries = new Map<string, SchemaEntry>()

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
    @Inject(Models) private readonly models: Models,
    @Inject(Writer) private readonly writer: Writer,
    @Inject(BugReport) private readonly bugs: BugReport,
  ) {}

  async onModuleDestroy(): Promise<void> {
    for (const entry of this.entries.values()) await entry.stop()
  }

  /** Answers one request; documents that were accepted before take the hot path. */
  async handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    reply.type('application/json; charset=utf-8')
    let language = acceptedLocale(request.headers['accept-language']) ?? 'en'
    try {
      const context = await this.contextOf(request)
      language = context.caller.language
      request.tesseraVersion = String(context.live.version)
      checkVariables((request.body as Partial<Body> | null | undefined)?.variables)
      const body = bodyOf(request)
      const entry = this.entryOf(context)
      const hot = body && request.method === 'POST' ? await entry.hot(body.query, body.operationName, body.variables ?? {}, context) : null
      if (hot !== null) return reply.send(hot)
      checkDocument(body?.query ?? (request.query as Partial<Body>).query)
      const answered = await entry.answer(httpRequest(request), context)
      for (const [name, value] of answered.headers) if (name !== 'content-type' && name !== 'content-length') reply.header(name, value)
      return reply.status(answered.status).send(answered.text)
    } catch (error) {
      const status = error instanceof RequestError ? statusOf[error.code] : 500
      return reply.status(status).send({ errors: [errorAnswer(error, language, this.bugs.report)], data: null })
    }
  }

  private async contextOf(request: FastifyRequest): Promise<RequestContext> {
    const caller = await this.whoAsks.ask(request)
    if (!caller) throw new RequestError('UNAUTHENTICATED', [issue('SIGN_IN_NEEDED', '')])
    const live = await this.models.current(caller.workspace.schema)
    return { caller, live, profile: this.models.profile(live, caller.roles) }
  }

  private entryOf({ live, profile }: RequestContext): SchemaEntry {
    const key = `${live.hash} ${profile.key}`
    const known = this.entries.get(key)
    if (known) return known
    const entry = new SchemaEntry(live, profile, this.database, this.writer, this.bugs.report)
    this.entries.set(key, entry)
    if (this.entries.size > mostEntries) this.forgetOldest()
    return entry
  }

  private forgetOldest(): void {
    const [oldest] = this.entries.keys()
    const entry = this.entries.get(oldest ?? '')
    this.entries.delete(oldest ?? '')
    void entry?.stop()
  }
}

/** The body when it has the plain form of a request; anything else is left to the server, which says what is wrong. */
function bodyOf(request: FastifyRequest): Body | null {
  const body = request.body as Partial<Body> | null | undefined
  if (typeof body !== 'object' || body === null || typeof body.query !== 'string') return null
  const { operationName, variables } = body as { operationName?: unknown; variables?: unknown }
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return null
  if (variables !== undefined && variables !== null && (typeof variables !== 'object' || Array.isArray(variables))) return null
  return {
    query: body.query,
    ...(typeof operationName === 'string' ? { operationName } : {}),
    ...(variables ? { variables: variables as Record<string, unknown> } : {}),
  }
}

function httpRequest(request: FastifyRequest): HTTPGraphQLRequest {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  return { method: request.method, headers, search: new URL(request.url, 'http://local').search, body: request.body ?? {} }
}
