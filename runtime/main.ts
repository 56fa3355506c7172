import 'reflect-metadata'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { Denials } from './access/denials.js'
import { AppModule } from './app.module.js'
import type { Config } from './config.js'
import { type Database, openDatabase } from './database/database.js'
import { bodyLimit, ErrorFilter } from './http/error-filter.js'
import { addHealth } from './http/health.js'
import { addPages } from './http/pages.js'
import { addPlugins } from './http/plugins.js'
import { createLog, nestLogger } from './log.js'

/** A running Tessera. */
export interface RunningApp {
  readonly app: NestFastifyApplication
  readonly database: Database
  /** Where it can be reached, without a slash at the end. */
  readonly url: string
  /** Finishes requests, then stops workers, pools and the embedded PostgreSQL. */
  close(): Promise<void>
}

/** Starts everything that the configuration says and listens. Throws, with nothing left running, when a part does not start. */
export async function createApp(config: Config, pages?: string): Promise<RunningApp> {
  const log = createLog(config.logLevel)
  const database = await openDatabase(config, {
    info: line => log.info(line),
    error: (error, line) => log.error(error, line),
  })
  return serveDatabase(config, log, database, pages)
}

/**
 * Serves a database that is open already, and closes it with itself, or when it cannot start.
 * @param pages where the built studio lies
 */
export async function serveDatabase(config: Config, log: Logger, database: Database, pages = studioDirectory()): Promise<RunningApp> {
  let app: NestFastifyApplication | undefined
  const close = async () => {
    await app?.close()
    await database.close()
  }
  try {
    app = await buildApp(config, database, log, pages)
    await app.listen(config.port, config.host)
    return { app, database, url: urlOf(app, config.host), close }
  } catch (error) {
    await close()
    throw explained(error, config)
  }
}

async function buildApp(config: Config, database: Database, log: Logger, pages: string): Promise<NestFastifyApplication> {
  const report = (error: unknown, trace: string) => log.error({ err: error, trace }, 'A request failed')
  const trustProxy = config.trustedProxies.length > 0 && [...config.trustedProxies]
  const adapter = new FastifyAdapter({ bodyLimit, trustProxy, routerOptions: { maxParamLength: 500 } })
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, database, report), adapter, {
    logger: nestLogger(log),
    abortOnError: false,
  })
  app.useGlobalFilters(new ErrorFilter(report, app.get(Denials)))
  const server = adapter.getInstance() as unknown as FastifyInstance
  await addPlugins(server)
  addHealth(server, database)
  await addPages(server, pages)
  return app
}

/** The studio's build lies beside the runtime, whether this file runs as written or as built. */
function studioDirectory(): string {
  const here = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')
  return join(here, here.endsWith('dist') ? '../..' : '..', 'studio', 'dist')
}

function urlOf(app: NestFastifyApplication, host: string): string {
  const address = app.getHttpServer().address()
  const port = typeof address === 'object' && address ? address.port : 0
  return `http://${host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? 'localhost' : host}:${port}`
}

function explained(error: unknown, { port, host }: Config): unknown {
  if ((error as NodeJS.ErrnoException | null)?.code !== 'EADDRINUSE') return error
  return new Error(
    `Port ${port} of ${host} is in use by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`,
  )
}
