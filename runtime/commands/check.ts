import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { canonical } from '@tessera/platform/definitions/canonical.js'
import { readDefinitions } from '@tessera/platform/definitions/check.js'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { schemaFiles } from '@tessera/platform/definitions/json-schema.js'
import { type Issue, issue } from '@tessera/platform/errors.js'
import { fileOf } from '@tessera/platform/model/naming.js'
import { compileWithTemplates } from '@tessera/platform/model/templates.js'
import { type ExamplesRun, runExamples } from '@tessera/platform/records/examples.js'
import { type Command, say } from './command.js'
import { type Folder, readFolder, sayIssues } from './folder.js'

/** Checks definition files without a database: what they say, how they are written, where they lie. */
export const check: Command = {
  name: 'check',
  usage: 'check [folder] [--write]',
  summary: 'check the definitions of a folder (metadata unless said); --write brings the files into their canonical form',
  run: async args => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { write: { type: 'boolean' } } })
    const root = positionals[0] ?? 'metadata'
    if (values.write) rewrite(root)
    const folder = readFolder(root)
    const meaning = checkMeaning(folder)
    const issues = [...folder.issues, ...meaning.issues, ...formIssues(folder), ...schemaIssues(root)]
    if (issues.length === 0) say(`${folder.files.length} definitions in ${root} are sound.${aboutExamples(meaning.run)}`)
    return sayIssues(issues)
  },
}

const aboutExamples = (run: ExamplesRun | null): string =>
  run && run.examples > 0 ? ` ${run.examples} examples are green; json-logic-js answers ${run.compared} of them too, and alike.` : ''

function checkMeaning({ files }: Folder): { readonly issues: readonly Issue[]; readonly run: ExamplesRun | null } {
  const { elements, issues } = readDefinitions(files.map(({ path, json }) => ({ source: path, json })))
  const compiled = compileWithTemplates(elements)
  const broken = [...issues, ...compiled.issues]
  if (broken.length > 0) return { issues: broken, run: null }
  const run = runExamples(compiled.model)
  return { issues: run.issues, run }
}

function formIssues({ files }: Folder): Issue[] {
  return files.flatMap(({ path, text, json }) => {
    const element = elementOf(json)
    if (!element) return []
    const file = fileOf(element)
    return [
      ...(path === file || path.endsWith(`/${file}`) ? [] : [issue('FILE_MISPLACED', path, { file })]),
      ...(canonical(json) === text ? [] : [issue('FILE_NOT_CANONICAL', path)]),
    ]
  })
}

/** A folder without schemas, such as an exported one, needs none. */
function schemaIssues(root: string): Issue[] {
  const folder = join(root, 'schema')
  if (!existsSync(folder)) return []
  const isCurrent = (file: string, text: string) => existsSync(join(folder, file)) && readFileSync(join(folder, file), 'utf8') === text
  return Object.entries(schemaFiles()).flatMap(([file, text]) =>
    isCurrent(file, text) ? [] : [issue('SCHEMA_OUTDATED', `schema/${file}`)],
  )
}

function rewrite(root: string): void {
  for (const { path, text, json } of readFolder(root).files) {
    const wanted = elementOf(json) ? canonical(json) : text
    if (wanted === text) continue
    writeFileSync(join(root, path), wanted)
    say(`wrote ${path}`)
  }
}
