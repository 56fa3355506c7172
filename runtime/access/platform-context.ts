import '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from './caller.js'
import { sessionCookie } from './credentials.js'
import { sessionDays } from './sessions.js'
import type { WhoAsks } from './who-asks.js'

/** What resolvers of `/platform` know of their request. */
export interface PlatformContext {
  readonly request: FastifyRequest
  readonly caller: Caller | null
  /** Why the request must not be answered, although its document may be fine. */
  readonly refusal: unknown
  /** The language for messages. */
  readonly language: string
  /** Gives the browser the cookie of a session, or takes it away. */
  keepSession(token: string | null): void
}

/** The context of one request; it never throws, so that a refusal is answered as any other error. */
export async function platformContext(request: FastifyRequest, reply: FastifyReply, whoAsks: WhoAsks): Promise<PlatformContext> {
  const asked = await whoAsks.ask(request).then(
    caller => ({ caller, refusal: null }),
    (refusal: unknown) => ({ caller: null, refusal }),
  )
  const secure = request.protocol === 'https' || request.headers.origin?.startsWith('https:') === true
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  const keepSession = (token: string | null) => {
    if (token) reply.setCookie(sessionCookie, token, { ...cookie, maxAge: sessionDays * 86_400 })
    else reply.clearCookie(sessionCookie, cookie)
  }
  const language = asked.caller?.locale ?? request.headers['accept-language'] ?? 'en'
  return { request, ...asked, language, keepSession }
}
