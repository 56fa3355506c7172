import '@fastify/cookie'
import { acceptedLocale, type Locale } from '@tessera/platform/label.js'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkDocument } from '../graphql/nesting.js'
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
  readonly language: Locale
  /** Gives the browser the cookie of a session, or takes it away. */
  keepSession(token: string | null): void
}

/** The context of one request; it never throws, so that a refusal is answered as any other error. */
export async function platformContext(request: FastifyRequest, reply: FastifyReply, whoAsks: WhoAsks): Promise<PlatformContext> {
  const asked = await askWho(request, whoAsks)
  const secure = request.protocol === 'https' || request.headers.origin?.startsWith('https:') === true
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  const keepSession = (token: string | null) => {
    if (token) reply.setCookie(sessionCookie, token, { ...cookie, maxAge: sessionDays * 86_400 })
    else reply.clearCookie(sessionCookie, cookie)
  }
  const language = asked.caller?.language ?? acceptedLocale(request.headers['accept-language']) ?? 'en'
  return { request, ...asked, language, keepSession }
}

async function askWho(request: FastifyRequest, whoAsks: WhoAsks): Promise<Pick<PlatformContext, 'caller' | 'refusal'>> {
  let caller: Caller | null = null
  try {
    caller = await whoAsks.ask(request)
    for (const sent of [request.body, request.query]) checkDocument((sent as { readonly query?: unknown } | null | undefined)?.query)
    return { caller, refusal: null }
  } catch (refusal) {
    return { caller, refusal }
  }
}
