import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** Somebody at the provider. */
export interface Person {
  readonly sub: string
  readonly email: string
  readonly email_verified: boolean
  readonly name: string
  readonly groups?: readonly string[]
}

/** A provider of identities on loopback, at which `person` is signed in. */
export interface Identities {
  readonly issuer: string
  person: Person
  close(): Promise<void>
}

/** Starts a provider that knows one client; close it in `afterAll`. */
export async function openIdentities(client: { id: string; secret: string; callback: string }): Promise<Identities> {
  const server = createServer()
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const identities = {
    issuer,
    person: { sub: '', email: '', email_verified: false, name: '' } as Person,
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.callback],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ ...identities.person, sub }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: () => '/interaction' },
    cookies: { keys: ['of the tests'] },
    pkce: { required: () => true },
  })
  const answer = provider.callback()
  const interact = async (request: IncomingMessage, response: ServerResponse) => {
    const { prompt, params, session } = await provider.interactionDetails(request, response)
    if (prompt.name === 'login') return provider.interactionFinished(request, response, { login: { accountId: identities.person.sub } })
    const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: params.client_id })
    grant.addOIDCScope('openid email profile')
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
  }
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/interaction')) interact(request, response).catch(() => response.writeHead(500).end())
    else answer(request, response)
  })
  server.unref()
  return identities
}
