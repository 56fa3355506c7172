import { parseArgs } from 'node:util'
import type { Command } from './command.js'
import { documentsOf } from './folder.js'
import { missingIn, publishAndFinish, withPress } from './press.js'

const options = {
  confirm: { type: 'string', multiple: true },
  message: { type: 'string' },
  prune: { type: 'boolean' },
  workspace: { type: 'string' },
} as const

/** Makes the definitions of a folder live. */
export const publish: Command = {
  name: 'publish',
  usage: 'publish [folder] [--prune] [--confirm PATH]… [--message M] [--workspace W]',
  summary: 'make the definitions of a folder live; --prune also removes what the folder lacks',
  run: args => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    return publishFolder(positionals[0] ?? 'metadata', { ...values, prune: values.prune ?? false })
  },
}

interface Choices {
  readonly prune: boolean
  readonly confirm?: string[]
  readonly message?: string
  readonly workspace?: string
}

/** Publishes a folder and waits until everything is built; says what it did and gives the exit code. */
export function publishFolder(folder: string, { prune, confirm = [], message, workspace }: Choices): Promise<number> {
  const put = documentsOf(folder)
  return withPress(workspace, async press => {
    const remove = prune ? await missingIn(put, press) : []
    const change = { put, remove, confirm, expectedVersion: null, message: message ?? null }
    return publishAndFinish(press, change)
  })
}
