import '@fastify/cookie'
import { Controller, Get, Inject, Logger, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Attempts, addressLimit } from '../access/attempts.js'
import { keepSession, originOf } from '../access/platform-context.js'
import type { OidcConfig } from '../config.js'
import { RequestError } from '../request-error.js'
import { Provider, type Round } from './provider.js'
import { SignInElsewhere } from './sign-in-elsewhere.js'

/** The configuration of the provider, as a token of Nest. */
export class Oidc {
  constructor(readonly config: OidcConfig | null) {}
}

const roundCookie = 'tessera_round'
const cookiePath = '/sign-in/oidc'
const minutes = 10

/** `GET /sign-in/oidc` goes to the provider of identities, `GET /sign-in/oidc/callback` comes back from it. */
@Controller('sign-in/oidc')
export class OidcController {
  private readonly log = new Logger('oidc')

  constructor(
    @Inject(Provider) private readonly provider: Provider,
    @Inject(Oidc) private readonly oidc: Oidc,
    @Inject(SignInElsewhere) private readonly signIns: SignInElsewhere,
    @Inject(Attempts) private readonly attempts: Attempts,
  ) {}

  @Get()
  async begin(@Res() reply: FastifyReply): Promise<FastifyReply> {
    return this.orRefused(reply, async () => {
      const { url, round } = await this.provider.begin()
      const secure = this.provider.isSecure
      const value = Buffer.from(JSON.stringify(round)).toString('base64url')
      reply.setCookie(roundCookie, value, { path: cookiePath, httpOnly: true, sameSite: 'lax', secure, maxAge: minutes * 60 })
      return url.href
    })
  }

  @Get('callback')
  async end(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const round = roundOf(request.cookies[roundCookie])
    reply.clearCookie(roundCookie, { path: cookiePath })
    return this.orRefused(reply, async () => {
      const { config } = this.oidc
      if (!config || !round) throw new Error('Nobody began this sign-in here')
      const limits = [addressLimit(request.ip)]
      await this.attempts.count(limits, '')
      const identity = await this.provider.end(request, round)
      const session = await this.signIns.signIn(identity, config, { ...originOf(request), method: 'oidc' })
      await this.attempts.giveBack(limits)
      keepSession(request, reply, session, this.provider.isSecure)
      return '/'
    })
  }

  /** Goes on to where the work says. What fails is told to the log, without what came from outside; the person sees a page of ours. */
  private async orRefused(reply: FastifyReply, work: () => Promise<string>): Promise<FastifyReply> {
    reply.header('cache-control', 'no-store')
    try {
      return reply.redirect(await work(), 302)
    } catch (error) {
      const reason =
        error instanceof RequestError ? error.code : String((error as { code?: unknown } | null)?.code ?? (error as Error).name)
      this.log.warn(`A sign-in by the provider of identities failed: ${reason}`)
      return reply.redirect('/sign-in/refused', 302)
    }
  }
}

function roundOf(cookie: string | undefined): Round | null {
  try {
    const { state, nonce, verifier } = JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString()) as Partial<Round>
    return typeof state === 'string' && typeof nonce === 'string' && typeof verifier === 'string' ? { state, nonce, verifier } : null
  } catch {
    return null
  }
}
