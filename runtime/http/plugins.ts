import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
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
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    strictTransportSecurity: false, // the proxy that ends TLS says it
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  })
  await server.register(cookie)
  await server.register(multipart, { limits: { fileSize: uploadLimit, files: 1 } })
  server.decorateRequest('tesseraVersion', '0')
  server.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-tessera-version', request.tesseraVersion)
    done()
  })
}
