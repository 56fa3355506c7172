import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import { uploadLimit } from './error-filter.js'
import { securityHeaders } from './security-headers.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** The model version that answered, for `X-Tessera-Version`; set by whoever resolves the workspace. */
    tesseraVersion: string
  }
}

/** Adds what every answer needs: security headers, cookies, uploads, the version header. */
export async function addPlugins(server: FastifyInstance): Promise<void> {
  const security = Object.entries(securityHeaders)
  await server.register(cookie)
  await server.register(multipart, { limits: { fileSize: uploadLimit, files: 1 } })
  server.decorateRequest('tesseraVersion', '0')
  server.addHook('onSend', (request, reply, _payload, done) => {
    // on the response itself, where files have said already what is otherwise with them
    for (const [name, value] of security) if (!reply.raw.hasHeader(name)) reply.raw.setHeader(name, value)
    reply.header('x-tessera-version', request.tesseraVersion)
    done()
  })
}
