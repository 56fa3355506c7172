import { parseArgs } from 'node:util'
import { canonical } from '@tessera/platform/definitions/canonical.js'
import { elementOf, elementPath } from '@tessera/platform/definitions/index.js'
import type { StoredElement } from '../publishing/version-store.js'
import { type Command, say } from './command.js'
import { sayIssues } from './folder.js'
import { type Origin, originOf } from './origin.js'
import { missingIn, type Press, publishAndFinish, sayPlan, withPress } from './press.js'

const options = {
  from: { type: 'string' },
  check: { type: 'boolean' },
  confirm: { type: 'string', multiple: true },
  message: { type: 'string' },
  overwrite: { type: 'boolean' },
  prune: { type: 'boolean' },
  workspace: { type: 'string' },
} as const

/** Brings the definitions of one workspace into another one, of this installation or of two. */
export const promote: Command = {
  name: 'promote',
  usage: 'promote --from <workspace or URL> [--check] [--prune] [--overwrite] [--confirm PATH]… [--message M] [--workspace W]',
  summary:
    'publish the definitions of another workspace, or of another installation with an admin’s key in TESSERA_TOKEN; --check only shows what would change',
  run: args => {
    const { values } = parseArgs({ args: [...args], options })
    const { from } = values
    if (from === undefined) throw new Error(`Say where from: ${promote.usage}`)
    return withPress(values.workspace, async press => {
      const origin = await originOf(from, press)
      const remove = values.prune ? await missingIn(origin.definitions, press) : []
      const drifted = await driftOf(press, origin, remove.map(elementPath))
      for (const { path, since } of drifted)
        say(`drift  ${path} was changed here after version ${since} was promoted, and would be overwritten`)
      const change = { put: origin.definitions, remove }
      if (values.check) {
        const { issues, plan } = await press.publisher.check(change, press.schema)
        if (issues.length > 0) return sayIssues(issues)
        sayPlan(plan)
        return drifted.length > 0 ? 1 : 0
      }
      if (drifted.length > 0 && !values.overwrite) {
        say('Nothing is promoted. Take these changes over there first, or say --overwrite.')
        return 1
      }
      const message = messageOf(origin, values.message)
      return publishAndFinish(press, { ...change, confirm: values.confirm ?? [], expectedVersion: null, message })
    })
  },
}

const messageOf = ({ name, version }: Origin, message: string | undefined): string =>
  `promoted from ${name}, version ${version}${message === undefined ? '' : `: ${message}`}`

/** What was changed here since the last promotion from the same place, and is otherwise there. */
async function driftOf(
  { publisher, schema }: Press,
  origin: Origin,
  removed: readonly string[],
): Promise<{ path: string; since: number }[]> {
  const mark = messageOf({ ...origin, version: 0 }, undefined).replace(/0$/, '')
  const last = (await publisher.versions(schema)).find(({ message }) => message?.startsWith(mark))
  if (!last) return []
  const promoted = textsOf(await publisher.definitions(schema, null, last.number))
  const present = textsOf(await publisher.definitions(schema, null, null))
  const wanted = new Map(origin.definitions.flatMap(json => [[pathOf(json), canonical(json)] as const]))
  return [...present, ...[...promoted].filter(([path]) => !present.has(path))]
    .filter(([path]) => present.get(path) !== promoted.get(path))
    .filter(([path]) => removed.includes(path) || (wanted.has(path) && wanted.get(path) !== present.get(path)))
    .map(([path]) => ({ path, since: last.number }))
}

const textsOf = (elements: readonly StoredElement[]): Map<string, string> =>
  new Map(elements.map(element => [elementPath(element), element.source]))

const pathOf = (json: unknown): string => {
  const element = elementOf(json)
  return element ? elementPath(element) : ''
}
