import { audit } from './audit.js'
import { backup } from './backup.js'
import { check } from './check.js'
import { type Command, say } from './command.js'
import { diff } from './diff.js'
import { exportFolder } from './export.js'
import { importFolder } from './import.js'
import { indexes } from './indexes.js'
import { migrate } from './migrate.js'
import { packages } from './package.js'
import { promote } from './promote.js'
import { publish } from './publish.js'
import { restore } from './restore.js'
import { schema } from './schema.js'
import { sdk } from './sdk.js'
import { serve } from './serve.js'
import { token } from './token.js'
import { user } from './user.js'
import { verify } from './verify.js'
import { workspace } from './workspace.js'

/** All verbs of the `tessera` program. */
const commands: readonly Command[] = [
  serve,
  migrate,
  check,
  diff,
  publish,
  promote,
  exportFolder,
  importFolder,
  packages,
  schema,
  verify,
  indexes,
  sdk,
  audit,
  backup,
  restore,
  user,
  token,
  workspace,
]

/**
 * Runs `tessera <args>` and gives its exit code.
 * @param args what stands behind the program's name
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  const command = commands.find(candidate => candidate.name === name)
  if (command) return command.run(rest)
  const isAsking = name === undefined || name === 'help' || name === '--help'
  const width = Math.max(...commands.map(({ usage }) => usage.length))
  say(isAsking ? 'Usage: tessera <command>' : `There is no command "${name}".`)
  for (const { usage, summary } of commands) say(`  ${usage.padEnd(width)}  ${summary}`)
  return isAsking ? 0 : 1
}
