import { parseArgs } from 'node:util'
import { FirstAdmin } from '../access/first-admin.js'
import { readConfig } from '../config.js'
import { createApp, type RunningApp } from '../main.js'
import { type Command, say } from './command.js'

/** Starts the server and stays until it is told to stop. */
export const serve: Command = {
  name: 'serve',
  usage: 'serve [--no-demo]',
  summary: 'start the server; --no-demo begins without the demo workspace',
  run: async args => {
    const { values } = parseArgs({ args: [...args], options: { 'no-demo': { type: 'boolean' } } })
    const config = readConfig(values['no-demo'] ? { ...process.env, TESSERA_DEMO: 'off' } : process.env)
    const running = await createApp(config)
    await greet(running)
    await untilSignal()
    say('Stopping …')
    await running.close()
    return 0
  },
}

async function greet({ app, url }: RunningApp): Promise<void> {
  const code = await app.get(FirstAdmin).issueCode()
  say(`\nTessera is ready: ${url}`)
  if (code) say(`Nobody can sign in yet. Open the page and use this one-time code to become the first admin: ${code}`)
  say('Stop with Ctrl+C.\n')
}

function untilSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}
