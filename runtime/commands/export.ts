import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileOf } from '@tessera/platform/model/naming.js'
import { readAppFolder } from '../publishing/app-folder.js'
import { type Command, say } from './command.js'
import { withPress } from './press.js'

/** Writes the definitions of a workspace as files. */
export const exportFolder: Command = {
  name: 'export',
  usage: 'export <folder> [--version N] [--workspace W]',
  summary: 'write the definitions of a workspace to <folder>/<app>, and remove files there that it no longer has',
  run: args => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { version: { type: 'string' }, workspace: { type: 'string' } },
    })
    const [folder] = positionals
    if (folder === undefined) throw new Error('Name the folder: tessera export <folder>.')
    return withPress(values.workspace, async ({ publisher, schema }) => {
      const elements = await publisher.definitions(schema, null, values.version === undefined ? null : Number(values.version))
      const app = join(folder, elements.find(({ kind }) => kind === 'app')?.name ?? 'app')
      const files = new Map(elements.map(element => [fileOf(element), element.source]))
      const stale = existsSync(app) ? readAppFolder(app).filter(({ path }) => !files.has(path)) : []
      for (const { path } of stale) rmSync(join(app, path))
      for (const [file, text] of files) {
        mkdirSync(dirname(join(app, file)), { recursive: true })
        writeFileSync(join(app, file), text)
      }
      say(
        `${files.size} definitions are in ${app}${stale.length > 0 ? `; ${stale.length} files that are no longer defined were removed` : ''}.`,
      )
      return 0
    })
  },
}
