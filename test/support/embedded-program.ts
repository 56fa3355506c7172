import { startEmbedded } from '../../runtime/database/embedded.js'

/** A program that holds an embedded PostgreSQL until it is told to stop: for tests that kill it. */
const [directory = ''] = process.argv.slice(2)
try {
  const log: string[] = []
  const database = await startEmbedded({ directory, durable: true, log: line => log.push(line) })
  process.on('SIGTERM', () => void database.stop().then(() => process.exit(0)))
  process.stdout.write(`${JSON.stringify({ url: database.url, log })}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
