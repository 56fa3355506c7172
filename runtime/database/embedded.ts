import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { stopOrphan } from './embedded-orphan.js'
import { claimDirectory, isOwned, type Ownership } from './embedded-owner.js'
import { checkReachable, embeddedPostgres, repairLinks } from './embedded-package.js'
import { freePort, isPortFree } from './ports.js'

/** A PostgreSQL that belongs to this process. */
export interface EmbeddedDatabase {
  readonly url: string
  readonly port: number
  /** Stops the server and gives the directory free; safe to call twice. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Where everything lies: the cluster in `postgres/`, its port and password in `postgres.json`. */
  readonly directory: string
  /** False trades safety against power loss for speed: for tests only. */
  readonly durable?: boolean
  readonly log?: (line: string) => void
}

interface Credentials {
  readonly port: number
  readonly password: string
}

const user = 'tessera'
const database = 'tessera'
const startAttempts = 20

/**
 * Starts the PostgreSQL that npm ships, making its cluster when there is none. Survives what a crash leaves: a server
 * that outlived its process is stopped first, a half-made cluster is made again, dying backends are waited for.
 * Throws when another process uses the directory, when PostgreSQL cannot reach it, or when the server does not come up.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const directory = resolve(options.directory)
  await mkdir(directory, { recursive: true })
  const ownership = await claimDirectory(directory)
  try {
    return await startOwned(directory, options, ownership)
  } catch (error) {
    await ownership.release()
    throw error
  }
}

/** Where the server of a data directory is reached that another process runs now; null when none does. */
export async function runningEmbedded(directory: string): Promise<string | null> {
  const credentials = (await isOwned(resolve(directory))) ? await readCredentials(resolve(directory)) : null
  return credentials && urlOf(credentials, database)
}

async function startOwned(directory: string, options: EmbeddedOptions, ownership: Ownership): Promise<EmbeddedDatabase> {
  const log = options.log ?? (() => undefined)
  await repairLinks()
  await checkReachable(directory)
  const cluster = join(directory, 'postgres')
  const kept = await readCredentials(directory)
  await stopOrphan(cluster, urlOf(kept, 'postgres'), log)
  const credentials = await keepCredentials(directory, kept, log)
  const lines = keepLast(50)
  const make = (databaseDir: string) =>
    embeddedPostgres({
      databaseDir,
      ...credentials,
      user,
      persistent: true,
      authMethod: 'scram-sha-256',
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: [
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--locale=C.UTF-8',
        '--data-checksums',
        ...(options.durable === false ? ['--no-sync'] : []),
      ],
      postgresFlags: serverFlags(options.durable !== false),
      onLog: lines.add,
      onError: lines.add,
    })
  if (!existsSync(join(cluster, 'PG_VERSION'))) await createCluster(cluster, make)
  const server = await startPatiently(() => make(cluster), lines)
  await createDatabase(urlOf(credentials, 'postgres'))
  const stop = stopOnce(server, ownership, await serverPid(cluster))
  return { url: urlOf(credentials, database), port: credentials.port, stop }
}

type Server = ReturnType<typeof embeddedPostgres>

const serverFlags = (durable: boolean) =>
  Object.entries({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: '100',
    shared_buffers: '128MB',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])

/** A cluster appears under its name only when it is whole, so a crash in `initdb` is made good by doing it again. */
async function createCluster(cluster: string, make: (directory: string) => Server): Promise<void> {
  const unfinished = `${cluster}.init`
  await rm(unfinished, { recursive: true, force: true })
  await make(unfinished).initialise()
  await rename(unfinished, cluster)
}

/** After a crash of everything, old backends may still be dying: the server refuses until they are gone. */
async function startPatiently(make: () => Server, lines: KeptLines): Promise<Server> {
  for (let attempt = 1; attempt <= startAttempts; attempt++) {
    const server = make()
    try {
      await server.start()
      return server
    } catch {
      await sleep(Math.min(500, 50 * attempt))
    }
  }
  throw new Error(`The embedded PostgreSQL did not start. Its last lines:\n${lines.text()}`)
}

async function createDatabase(maintenanceUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(database)}`)
  } finally {
    await client.end()
  }
}

async function serverPid(cluster: string): Promise<number> {
  return Number.parseInt(await readFile(join(cluster, 'postmaster.pid'), 'utf8'), 10)
}

/** Stopping twice waits for the one stop; a process that exits without stopping still tells its server to. */
function stopOnce(server: Server, ownership: Ownership, pid: number): () => Promise<void> {
  const signal = () => {
    try {
      process.kill(pid, 'SIGINT')
    } catch {
      // it is gone already
    }
  }
  process.once('exit', signal)
  let stopped: Promise<void> | undefined
  const stop = async () => {
    await server.stop()
    process.off('exit', signal)
    await ownership.release()
  }
  return () => (stopped ??= stop())
}

const credentialsFile = (directory: string) => join(directory, 'postgres.json')
const urlOf = (credentials: Credentials | null, name: string) =>
  `postgres://${user}:${credentials?.password ?? ''}@127.0.0.1:${credentials?.port ?? 0}/${name}`

async function readCredentials(directory: string): Promise<Credentials | null> {
  const file = credentialsFile(directory)
  if (!existsSync(file)) return null
  return JSON.parse(await readFile(file, 'utf8')) as Credentials
}

/** The port is kept from start to start as long as nobody else took it. */
async function keepCredentials(directory: string, kept: Credentials | null, log: (line: string) => void): Promise<Credentials> {
  if (kept && (await isPortFree(kept.port))) return kept
  const credentials = { port: await freePort(), password: kept?.password ?? randomBytes(24).toString('base64url') }
  if (kept) log(`Port ${kept.port} is taken; the embedded PostgreSQL now uses ${credentials.port}.`)
  const file = credentialsFile(directory)
  await writeFile(`${file}.new`, `${JSON.stringify(credentials)}\n`, { mode: 0o600 })
  await chmod(`${file}.new`, 0o600)
  await rename(`${file}.new`, file)
  return credentials
}

interface KeptLines {
  add(line: unknown): void
  text(): string
}

function keepLast(count: number): KeptLines {
  const lines: string[] = []
  return {
    add: line => {
      lines.push(String(line).trimEnd())
      if (lines.length > count) lines.shift()
    },
    text: () => lines.join('\n'),
  }
}
