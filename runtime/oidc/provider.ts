import type { FastifyRequest } from 'fastify'
import * as client from 'openid-client'
import type { IdentityConfig } from '../config.js'

/** What a round to the provider has to come back with; it waits in a cookie that scripts cannot read. */
export interface Round {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Who the provider says came. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  /** Null unless the provider says that it was verified. */
  readonly email: string | null
  readonly name: string | null
  /** Values of the claim that roles follow from; empty without one. */
  readonly groups: readonly string[]
}

/** Where the provider sends people back to. */
export const callbackPath = '/sign-in/oidc/callback'
const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The provider of identities of the configuration: authorization code with PKCE, state and nonce. */
export class Provider {
  private found: Promise<client.Configuration> | null = null

  constructor(private readonly config: IdentityConfig) {}

  /** What the button says; null without a provider. */
  get label(): string | null {
    return this.config.oidc?.label ?? null
  }

  /** Whether people come over HTTPS: a request that follows a link has no `Origin` that would say so. */
  get isSecure(): boolean {
    return this.config.publicUrl?.startsWith('https:') === true
  }

  /** Begins a round: the address to go to, and what to remember meanwhile. Throws when the provider cannot be reached. */
  async begin(): Promise<{ readonly url: URL; readonly round: Round }> {
    const round = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() }
    const url = client.buildAuthorizationUrl(await this.discovered(), {
      redirect_uri: this.callback,
      scope: 'openid email profile',
      state: round.state,
      nonce: round.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(round.verifier),
      code_challenge_method: 'S256',
    })
    return { url, round }
  }

  /** Ends a round. Throws for whatever does not fit it, or is not signed by the provider for us. */
  async end(request: FastifyRequest, { state, nonce, verifier }: Round): Promise<Identity> {
    const configuration = await this.discovered()
    const came = new URL(this.callback)
    came.search = new URL(request.url, this.callback).search
    const tokens = await client.authorizationCodeGrant(configuration, came, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    })
    const signed = tokens.claims()
    if (!signed) throw new Error('The provider sent no id token')
    const claim = this.config.oidc?.roleClaim ?? null
    const isWhole = signed.email !== undefined && (claim === null || signed[claim] !== undefined)
    const asked = isWhole || !configuration.serverMetadata().userinfo_endpoint
    const told = asked ? {} : await client.fetchUserInfo(configuration, tokens.access_token, signed.sub)
    return identityOf({ ...told, ...signed }, claim)
  }

  private get callback(): string {
    return `${this.config.publicUrl}${callbackPath}`
  }

  /** What the provider says of itself is asked once, and again after a failure. */
  private discovered(): Promise<client.Configuration> {
    const { oidc } = this.config
    if (!oidc) throw new Error('No provider of identities is configured')
    const issuer = new URL(oidc.issuer)
    // without TLS nobody can trust what a provider says, except on this very machine
    const execute = issuer.protocol === 'http:' && loopback.has(issuer.hostname) ? [client.allowInsecureRequests] : []
    const authentication = oidc.clientSecret === null ? client.None() : client.ClientSecretBasic(oidc.clientSecret)
    this.found ??= client.discovery(issuer, oidc.clientId, undefined, authentication, { execute, timeout: 10 }).catch((error: unknown) => {
      this.found = null
      throw error
    })
    return this.found
  }
}

function identityOf(claims: client.IDToken & Readonly<Record<string, unknown>>, claim: string | null): Identity {
  const { iss, sub, email, email_verified: isVerified, name } = claims as Readonly<Record<string, unknown>>
  const groups = claim === null || !Object.hasOwn(claims, claim) ? [] : [claims[claim]].flat()
  return {
    issuer: String(iss),
    subject: String(sub),
    email: typeof email === 'string' && isVerified === true ? email : null,
    name: typeof name === 'string' ? name.replaceAll('\u0000', '').slice(0, 100) : null,
    groups: groups.filter(each => typeof each === 'string'),
  }
}
