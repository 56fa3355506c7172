import { join } from 'node:path'
import { type Issue, issue } from '@tessera/platform/errors.js'
import { appsIn, type DefinitionFile, readAppFolder } from '../publishing/app-folder.js'
import { say } from './command.js'

/** The definitions of a folder of apps, such as `metadata`. */
export interface Folder {
  /** Paths begin with the app. */
  readonly files: readonly (DefinitionFile & { readonly json: unknown })[]
  /** Files that are no JSON. */
  readonly issues: readonly Issue[]
}

/** Reads every definition file of a folder: of its apps, or of the one app that it is itself. Throws when it is not there. */
export function readFolder(folder: string): Folder {
  const apps = readAppFolder(folder).some(({ path }) => path === 'app.json') ? [''] : appsIn(folder)
  const found = apps.flatMap(app =>
    readAppFolder(join(folder, app)).map(({ path, text }) => ({ path: app ? `${app}/${path}` : path, text })),
  )
  const files: { path: string; text: string; json: unknown }[] = []
  const issues: Issue[] = []
  for (const { path, text } of found) {
    try {
      files.push({ path, text, json: JSON.parse(text) })
    } catch (error) {
      issues.push(issue('JSON_INVALID', path, { reason: error instanceof Error ? error.message : '' }))
    }
  }
  return { files, issues }
}

/** The definitions of a folder, for publishing. Throws when a file is no JSON, and when there is none: nobody means to publish nothing. */
export function documentsOf(folder: string): unknown[] {
  const { files, issues } = readFolder(folder)
  if (issues.length > 0) throw new Error(issues.map(lineOf).join('\n'))
  if (files.length === 0) throw new Error(`${folder} holds no definitions: neither an app.json nor folders of apps with JSON files below.`)
  return files.map(({ json }) => json)
}

/** An issue on one line: where, what is wrong, what to do. */
export const lineOf = ({ path, message, hint, code }: Issue): string => `${path}: ${message} ${hint} (${code})`

/** Says every issue; gives the exit code that they mean. */
export function sayIssues(issues: readonly Issue[]): number {
  for (const found of issues) say(lineOf(found))
  return issues.length > 0 ? 1 : 0
}
