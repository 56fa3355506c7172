import type { IncomingHttpHeaders } from 'node:http'

export const sessionCookie = 'tessera_session'

/** The secret that a request brings: of a program in `Authorization`, of a browser in its cookie. */
export interface Credentials {
  readonly token: string
  readonly isCookie: boolean
}

/** Finds the secret of a request, or null; a Bearer token wins over a cookie. */
export function credentialsOf(headers: IncomingHttpHeaders): Credentials | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (bearer) return { token: bearer, isCookie: false }
  const cookie = cookieOf(headers.cookie)
  return cookie ? { token: cookie, isCookie: true } : null
}

const start = `${sessionCookie}=`

function cookieOf(header: string | undefined): string | null {
  const found = header?.split(';').find(part => part.trimStart().startsWith(start))
  return found?.trim().slice(start.length) || null
}

/**
 * Whether a request with a cookie was sent by a page of this very site. Browsers add `Origin` to every POST and to the
 * WebSocket upgrade; a request without it does not pass.
 * @param host what the browser asked for: the request's own host, or what a trusted proxy says
 */
export function isSameOrigin({ origin }: IncomingHttpHeaders, host: string | undefined): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host?.toLowerCase()
}
