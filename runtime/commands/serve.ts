import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { readConfig } from '../config.js'
import { openDatabase } from '../database/database.js'
import { createLog } from '../log.js'
import type { Command } from './command.js'

/** Starts the server and stays until it is told to stop. The database comes up while the server's code is still being read. */
export const serve: Command = {
  name: 'serve',
  usage: 'serve [--no-demo]',
  summary: 'start the server; --no-demo begins without the demo workspace',
  run: async args => {
    tuneHeap()
    const { values } = parseArgs({ args: [...args], options: { 'no-demo': { type: 'boolean' } } })
    const config = readConfig(values['no-demo'] ? { ...process.env, TESSERA_DEMO: 'off' } : process.env)
    const stopped = untilSignal() // from now on: a signal that comes early stops what is up by then in order
    const log = createLog(config.logLevel)
    const database = openDatabase(config, { info: line => log.info(line), error: (error, line) => log.error(error, line) })
    database.catch(() => undefined) // told by whoever awaits it
    const { serveUntilStopped } = await import('./serve-app.js')
    return serveUntilStopped(config, log, await database, stopped)
  },
}

/**
 * Lets the heap grow by half of what is in use before all of it is collected. Without a bound V8 lets the garbage of a large import
 * grow to three times what is in use: 100,000 rows took 200 MB, and take 40 MB with it.
 * What is young is collected by one thread: requests leave some 100 kB of 16 MB, and to wake others for that costs more than it saves,
 * a fifth of the CPU of reads that answer 20 kB.
 */
function tuneHeap(): void {
  setFlagsFromString('--heap-growing-percent=50')
  setFlagsFromString('--no-parallel-scavenge')
}

function untilSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}
