import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Database } from '../database/database.js'

/** Adds `/healthz` (the process lives), `/readyz` (it can serve) and `/metrics` (for Prometheus). */
export function addHealth(server: FastifyInstance, database: Database): void {
  server.get('/healthz', () => ({ status: 'ok' }))
  server.get('/readyz', async (_request, reply) => {
    const isReady = await answersInTime(database)
    return reply.status(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'unavailable' })
  })
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'tessera_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const children = new Map<string, Histogram.Internal<'route' | 'status'>>()
  const childOf = (route: string, status: number) => {
    const key = `${status} ${route}`
    const child = children.get(key) ?? durations.labels(route, String(status))
    children.set(key, child)
    return child
  }
  server.addHook('onResponse', (request, reply, done) => {
    childOf(request.routeOptions.url ?? 'unknown', reply.statusCode).observe(reply.elapsedTime / 1000)
    done()
  })
  server.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
}

const patience = 2_000

async function answersInTime(database: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(resolve, patience, false)
  })
  const answered = database.pool.query('select 1').then(
    () => true,
    () => false,
  )
  return Promise.race([answered, late]).finally(() => clearTimeout(timer))
}
