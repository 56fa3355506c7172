import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWhenStale } from './build.js'

/** Watches everything: the compiler writes the server anew, the server restarts, the studio reloads at its own port. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const studioPort = '5173'
// the compiler is a program behind a script: only its whole group stops both
const isGrouped = process.platform !== 'win32'

buildWhenStale(['server'])
const programs = [
  ['node_modules/tsgo/bin/tsc', '-b', 'platform', 'runtime', '--watch', '--preserveWatchOutput'],
  ['--watch-path=runtime/dist', '--watch-path=platform/dist', '--watch-preserve-output', 'runtime/bin/serve-built.js'],
  ['node_modules/vite/bin/vite.js', 'studio', '--port', studioPort, '--strictPort'],
].map(args => spawn(process.execPath, args, { cwd: root, stdio: 'inherit', detached: isGrouped }))

const stop = program => {
  try {
    process.kill(isGrouped ? -program.pid : program.pid, 'SIGTERM')
  } catch {
    // it is gone already
  }
}
const stopAll = () => programs.forEach(stop)
for (const program of programs) program.on('exit', stopAll)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stopAll)
