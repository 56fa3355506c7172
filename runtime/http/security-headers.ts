import type { IncomingMessage, ServerResponse } from 'node:http'
import helmet from 'helmet'

/** Pages run no script but their own files; antd writes styles while it runs. */
const policy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  workerSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

/** The security headers, the same on every answer. */
export const securityHeaders: Readonly<Record<string, string>> = written()

/** They are made once: helmet writes them into a response that is none. */
function written(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  const options = {
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    strictTransportSecurity: false, // the proxy that ends TLS says it
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  } as const
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value
    },
    removeHeader: () => undefined,
  }
  helmet(options)({} as IncomingMessage, response as unknown as ServerResponse, () => undefined)
  return headers
}
