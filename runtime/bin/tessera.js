#!/usr/bin/env node
import module from 'node:module'
import { buildWhenStale } from './build.js'

// newer versions of Node keep compiled code from start to start
module.enableCompileCache?.()

// `tessera … | head` ends the reading side early
process.stdout.on('error', error => process.exit(error.code === 'EPIPE' ? 0 : 1))

/** What was expected to go wrong says it in one message; a bug shows where it is. */
const isBug = error => error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError

try {
  buildWhenStale(process.argv[2] === 'serve' ? ['server', 'studio'] : ['server'])
  const { runCommand } = await import('../dist/commands/index.js')
  process.exitCode = await runCommand(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (isBug(error) ? error.stack : error.message) : String(error)}\n`)
  process.exitCode = 1
}
