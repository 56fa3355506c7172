import type { Logger } from 'pino'
import { FirstAdmin } from '../access/first-admin.js'
import type { Config } from '../config.js'
import type { Database } from '../database/database.js'
import { listWorkspaces } from '../database/workspace.js'
import { type RunningApp, serveDatabase } from '../main.js'
import { Demo } from '../seeding/demo.js'
import { say } from './command.js'

/** Serves an opened database until `stopped`; gives the exit code. */
export async function serveUntilStopped(config: Config, log: Logger, database: Database, stopped: Promise<void>): Promise<number> {
  const running = await serveDatabase(config, log, database)
  if (config.hasDemo) await running.app.get(Demo).ensure(say)
  await greet(running)
  await stopped
  say('Stopping …')
  await running.close()
  return 0
}

async function greet({ app, database, url }: RunningApp): Promise<void> {
  const code = await app.get(FirstAdmin).issueCode()
  say(`\nTessera is ready: ${url}`)
  if (code) say(`Nobody can sign in yet. Open the page and use this one-time code to become the first admin: ${code}`)
  if ((await listWorkspaces(database)).some(workspace => workspace.demo))
    say('Sign in to the demo as admin@demo.test with the password tessera-demo.')
  say('Stop with Ctrl+C.\n')
}
