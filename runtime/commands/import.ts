import { parseArgs } from 'node:util'
import type { Command } from './command.js'
import { publishFolder } from './publish.js'

/** Makes a workspace exactly what an exported folder says. */
export const importFolder: Command = {
  name: 'import',
  usage: 'import <folder> [--confirm PATH]… [--workspace W]',
  summary: 'make the definitions of a workspace exactly those of a folder',
  run: args => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { confirm: { type: 'string', multiple: true }, workspace: { type: 'string' } },
    })
    const [folder] = positionals
    if (folder === undefined) throw new Error('Name the folder: tessera import <folder>.')
    return publishFolder(folder, { ...values, prune: true, message: `import ${folder}` })
  },
}
