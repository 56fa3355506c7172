import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const year = '1y'
/** Only a worker that checks definitions compiles code, so only such a file is served with a policy that lets it. */
const workerPolicy = "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'self'"
const isWorker = (path: string) => /worker[^/]*\.js(\.br|\.gz)?$/i.test(path)

/**
 * Serves the built studio: files under `/assets/` for a year (their names change with their content), and the one page
 * for every other address, which the studio routes itself.
 * @param directory where the studio was built to
 */
export async function addPages(server: FastifyInstance, directory: string): Promise<void> {
  if (!existsSync(join(directory, 'index.html'))) {
    server.get('/*', (_request, reply) => reply.status(503).type('text/plain').send('The studio is not built. Run "npm run build".'))
    return
  }
  await server.register(fastifyStatic, {
    root: join(directory, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: year,
    preCompressed: true,
    setHeaders: (response, path) => {
      if (isWorker(path)) response.setHeader('content-security-policy', workerPolicy)
    },
  })
  const files = new Set(
    readdirSync(directory, { withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => entry.name),
  )
  server.get<{ Params: { '*': string } }>('/*', { exposeHeadRoute: true }, (request, reply) => {
    const wanted = request.params['*']
    const file = files.has(wanted) && !wanted.startsWith('.') ? wanted : 'index.html'
    return reply.header('cache-control', 'no-cache').sendFile(file, directory, { cacheControl: false })
  })
}
