#!/usr/bin/env node
import module from 'node:module'
import { buildWhenStale } from './build.js'

// newer versions of Node keep compiled code from start to start
module.enableCompileCache?.()

try {
  buildWhenStale(process.argv[2] === 'serve' ? ['server', 'studio'] : ['server'])
  const { runCommand } = await import('../dist/commands/index.js')
  process.exitCode = await runCommand(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
