import type { IncomingMessage, ServerResponse } from 'node:http'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import helmet from 'helmet'
import { uploadLimit } from './error-filter.js'

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

declare module 'fastify' {
  interface FastifyRequest {
    /** The model version that answered, for `X-Tessera-Version`; set by whoever resolves the workspace. */
    tesseraVersion: string
  }
}

/** Adds what every answer needs: security headers, cookies, uploads, the version header. */
export async function addPlugins(server: FastifyInstance): Promise<void> {
  const security = Object.entries(securityHeaders())
  server.addHook('onRequest', (_request, reply, done) => {
    // on the response itself, where files can say otherwise
    for (const [name, value] of security) reply.raw.setHeader(name, value)
    done()
  })
  await server.register(cookie)
  await server.register(multipart, { limits: { fileSize: uploadLimit, files: 1 } })
  server.decorateRequest('tesseraVersion', '0')
  server.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-tessera-version', request.tesseraVersion)
    done()
  })
}

/** The security headers, the same on every answer, so they are made once: helmet writes them into a response that is none. */
function securityHeaders(): Readonly<Record<string, string>> {
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
