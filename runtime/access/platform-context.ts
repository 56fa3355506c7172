import '@fastify/cookie'
import { issue } from '@tessera/platform/errors.js'
import { acceptedLocale, type Locale } from '@tessera/platform/label.js'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Kind, type OperationDefinitionNode } from 'graphql'
import { checkDocument } from '../graphql/nesting.js'
import { RequestError } from '../request-error.js'
import type { Caller } from './caller.js'
import { sessionCookie } from './credentials.js'
import type { OpenedSession, Origin } from './sessions.js'
import type { WhoAsks } from './who-asks.js'

/** What resolvers of `/platform` know of their request. */
export interface PlatformContext {
  readonly request: FastifyRequest
  readonly caller: Caller | null
  /** Who asks also while the session lacks what the workspace asks of it, or the API key is limited: only for what is about just that. */
  readonly unfinished: Caller | null
  /** Why the request must not be answered, although its document may be fine. */
  readonly refusal: unknown
  /** The language for messages. */
  readonly language: Locale
  /** Gives the browser the cookie of a session, or takes it away. */
  keepSession(session: OpenedSession | null): void
}

/** The context of one request; it never throws, so that a refusal is answered as any other error. */
export async function platformContext(request: FastifyRequest, reply: FastifyReply, whoAsks: WhoAsks): Promise<PlatformContext> {
  const asked = await askWho(request, whoAsks)
  const language = asked.unfinished?.language ?? acceptedLocale(request.headers['accept-language']) ?? 'en'
  return { request, ...asked, language, keepSession: session => keepSession(request, reply, session) }
}

/** What somebody may still do who looks through the eyes of another. */
const ending = new Set(['endView', 'signOut'])

/** Refuses to change anything while an admin looks through the eyes of a member; throws `FORBIDDEN`. */
export function checkView({ operation, selectionSet }: OperationDefinitionNode, { unfinished }: PlatformContext): void {
  if (!unfinished?.viewing || operation !== 'mutation') return
  const isEnding = selectionSet.selections.every(part => part.kind === Kind.FIELD && ending.has(part.name.value))
  if (!isEnding) throw new RequestError('FORBIDDEN', [issue('VIEW_READS', '')])
}

/** Gives the browser the cookie of a session, or takes it away; no script reads it, and over HTTPS it goes nowhere else. */
export function keepSession(request: FastifyRequest, reply: FastifyReply, session: OpenedSession | null, isSecure = false): void {
  const secure = isSecure || request.protocol === 'https' || request.headers.origin?.startsWith('https:') === true
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  if (session) reply.setCookie(sessionCookie, session.token, { ...cookie, maxAge: session.seconds })
  else reply.clearCookie(sessionCookie, cookie)
}

/** From where a session is opened by a password. */
export const originOf = ({ ip, headers }: FastifyRequest): Origin => ({
  address: ip,
  device: headers['user-agent'] ?? null,
  method: 'password',
})

async function askWho(request: FastifyRequest, whoAsks: WhoAsks): Promise<Pick<PlatformContext, 'caller' | 'unfinished' | 'refusal'>> {
  let unfinished: Caller | null = null
  let caller: Caller | null = null
  try {
    unfinished = await whoAsks.askUnfinished(request)
    caller = unfinished && unfinished.needs.length === 0 && unfinished.limits === null ? unfinished : null
    for (const sent of [request.body, request.query]) checkDocument((sent as { readonly query?: unknown } | null | undefined)?.query)
    return { caller, unfinished, refusal: null }
  } catch (refusal) {
    return { caller, unfinished, refusal }
  }
}
