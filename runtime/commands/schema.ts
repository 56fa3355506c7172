import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { schemaFiles } from '@tessera/platform/definitions/json-schema.js'
import { type Command, say } from './command.js'

/** Writes the JSON Schema of each kind of definition. */
export const schema: Command = {
  name: 'schema',
  usage: 'schema [folder]',
  summary: 'write the JSON Schema of each kind of definition (to metadata/schema unless said)',
  run: async ([folder = join('metadata', 'schema')]) => {
    mkdirSync(folder, { recursive: true })
    const files = Object.entries(schemaFiles())
    for (const [file, text] of files) writeFileSync(join(folder, file), text)
    say(`${files.length} schemas are in ${folder}.`)
    return 0
  },
}
