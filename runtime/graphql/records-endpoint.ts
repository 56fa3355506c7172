import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server'
import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { acceptedLocale, type Locale } from '@tessera/platform/label.js'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../access/caller.js'
import { Denials } from '../access/denials.js'
import { WhoAsks } from '../access/who-asks.js'
import { Previews } from '../drafts/previews.js'
import { errorAnswer, statusOfError } from '../error-answer.js'
import { securityHeaders } from '../http/security-headers.js'
import { type LiveModel, Models } from '../publishing/models.js'
import { RequestError } from '../request-error.js'
import { BugReport } from './bug-report.js'
import { checkKeyLimits, checkReads } from './key-limits.js'
import { checkKnownVersion, saysReadably, withModelChange } from './model-changed.js'
import { checkDocument, checkVariables, isTooDeep } from './nesting.js'
import type { RequestContext } from './request-context.js'
import { SchemaEntries } from './schema-entries.js'
import type { SchemaEntry } from './schema-entry.js'

interface Body {
  readonly query: string
  readonly operationName?: string
  readonly variables?: Readonly<Record<string, unknown>>
}

/** `POST /graphql` and `GET /graphql`: the records of the caller's workspace, by the schema of their profile. */
@Injectable()
export class RecordsEndpoint {
  constructor(
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
    @Inject(Models) private readonly models: Models,
    @Inject(SchemaEntries) private readonly entries: SchemaEntries,
    @Inject(BugReport) private readonly bugs: BugReport,
    @Inject(Denials) private readonly denials: Denials,
    @Inject(Previews) private readonly previews: Previews,
  ) {}

  /** Answers one request. What comes again and again goes the short way, anything else the whole one, with the same answers. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> | undefined {
    return this.answersAtOnce(request, reply) ? undefined : this.answer(request, reply)
  }

  /** Answers an accepted document of a caller about whom nothing has to be asked; gives whether it does. */
  private answersAtOnce(request: FastifyRequest, reply: FastifyReply): boolean {
    const caller = request.method === 'POST' && draftOf(request) === null ? this.whoAsks.atHand(request) : undefined
    const live = caller && this.models.atHand(caller.workspace.schema)
    const body = live && !caller.limits && !caller.viewing ? bodyOf(request) : null
    if (!caller || !live || !body || isTooDeep(body.variables) || !saysReadably(request.headers)) return false
    const context = this.contextWith(caller, live, request)
    const hot = this.entries.of(context).hot(body.query, body.operationName, body.variables ?? {}, context)
    hot?.then(
      text => sendAtOnce(reply, withModelChange(text, request.headers, live.version, caller.language), live.version),
      error => this.refuse(error, caller.language, request, reply),
    )
    return hot !== null
  }

  private async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    reply.headers(ofJson)
    const { headers } = request
    let language = acceptedLocale(headers['accept-language']) ?? 'en'
    try {
      const context = await this.contextOf(request)
      language = context.caller.language
      const { version } = context.live
      request.tesseraVersion = String(version)
      checkKnownVersion(headers)
      checkVariables((request.body as Partial<Body> | null | undefined)?.variables)
      const body = bodyOf(request)
      const entry = this.entries.of(context)
      const { limits, viewing } = context.caller
      if (viewing || context.isPreview) checkReads(askedBy(request), viewing ? 'VIEW_READS' : 'PREVIEW_READS')
      if (limits) checkKeyLimits(entry.schema, context.profile.model, limits, inPresentNames(askedBy(request), entry))
      const hot = body && request.method === 'POST' ? await entry.hot(body.query, body.operationName, body.variables ?? {}, context) : null
      if (hot !== null) return reply.send(withModelChange(hot, headers, version, language))
      checkDocument(body?.query ?? (request.query as Partial<Body>).query)
      const answered = await entry.answer(httpRequest(request), context)
      for (const [name, value] of answered.headers) if (name !== 'content-type' && name !== 'content-length') reply.header(name, value)
      return reply.status(answered.status).send(withModelChange(answered.text, headers, version, language))
    } catch (error) {
      return this.refuse(error, language, request, reply)
    }
  }

  private async refuse(error: unknown, language: Locale, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    await this.denials.tell(request, [error], '/graphql')
    return reply
      .headers(ofJson)
      .status(statusOfError(error))
      .send({ errors: [errorAnswer(error, language, this.bugs.report)], data: null })
  }

  private async contextOf(request: FastifyRequest): Promise<RequestContext> {
    const caller = await this.whoAsks.ask(request, 'records')
    if (!caller) throw new RequestError('UNAUTHENTICATED', [issue('SIGN_IN_NEEDED', '')])
    const draft = draftOf(request)
    if (draft === null) return this.contextWith(caller, await this.models.current(caller.workspace.schema), request)
    return { ...this.contextWith(caller, await this.previews.of(caller, draft), request), isPreview: true }
  }

  private contextWith(caller: Caller, live: LiveModel, request: FastifyRequest): RequestContext {
    const profile = this.models.profile(live, caller.roles)
    return { caller, live, profile, told: (errors, what) => this.denials.tell(request, errors, what) }
  }
}

/** The draft that a request wants to be shown. */
function draftOf({ headers }: FastifyRequest): string | null {
  const id = headers['x-tessera-draft']
  return typeof id === 'string' ? id : null
}

const ofJson = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
const alwaysSent = Object.entries({ ...securityHeaders, ...ofJson }).flat()

/** Past the hooks of an answer, which find nothing to do here, with all headers in one list. */
function sendAtOnce(reply: FastifyReply, text: string, version: number): void {
  const ownHeaders = ['x-tessera-version', String(version), 'content-length', String(Buffer.byteLength(text))]
  reply.hijack()
  reply.raw.writeHead(200, [...alwaysSent, ...ownHeaders]).end(text)
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

const inPresentNames = (body: Body, entry: SchemaEntry): Body => ({ ...body, query: entry.inPresent(body.query) })

/** What a limited key asks, whichever form the request has; a form that is not plain is refused. */
function askedBy(request: FastifyRequest): Body {
  const body = request.method === 'POST' ? bodyOf(request) : null
  if (!body) throw new RequestError('FORBIDDEN', [issue('KEY_LIMITED', 'query')])
  return body
}

function httpRequest(request: FastifyRequest): HTTPGraphQLRequest {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  return { method: request.method, headers, search: new URL(request.url, 'http://local').search, body: request.body ?? {} }
}
