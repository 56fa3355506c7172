import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file of definitions as it lies on disk. */
export interface DefinitionFile {
  /** Seen from the folder, with `/`. */
  readonly path: string
  readonly text: string
}

/** The definition files of an app's folder, in alphabetical order of their paths. Throws when there is no such folder. */
export function readAppFolder(folder: string): DefinitionFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith('.json'))
    .sort()
    .map(path => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
}

/** The apps in a folder such as `metadata`: its subfolders, except the one of the schemas. */
export const appsIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== 'schema')
    .map(entry => entry.name)
    .sort()

/** Where the definitions that the product ships lie, whether this file runs as written or as built. */
export function shippedMetadata(): string {
  const here = fileURLToPath(new URL('.', import.meta.url))
  return join(here, here.includes(`${join('runtime', 'dist')}`) ? '../../..' : '../..', 'metadata')
}
