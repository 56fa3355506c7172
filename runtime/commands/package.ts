import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { labelOf } from '@tessera/platform/label.js'
import { packageOf, readPackageFolder } from '../packages/package-file.js'
import { type PackageDeed, Packages, type Settled } from '../packages/packages.js'
import { type Command, say } from './command.js'
import { sayIssues } from './folder.js'
import { type Press, sayPlan, withPress } from './press.js'

const options = {
  workspace: { type: 'string' },
  confirm: { type: 'string', multiple: true },
  take: { type: 'string', multiple: true },
} as const

interface Choices {
  readonly confirm?: string[]
  readonly take?: string[]
}

/** Lists the packages of a workspace, puts them in, brings them to another version, takes them away. */
export const packages: Command = {
  name: 'package',
  usage:
    'package list | check <folder or name> | install <folder or name> | remove <name> [--take PATH=mine|theirs]… [--confirm PATH]… [--workspace W]',
  summary: 'list packages, put them in or bring them to another version, take them away',
  run: args => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    const [verb = '', what = ''] = positionals
    if (!Object.hasOwn(verbs, verb) || (verb !== 'list' && what === '')) throw new Error(`Say what to do: ${packages.usage}`)
    return withPress(values.workspace, press =>
      verbs[verb as keyof typeof verbs](new Packages(press.database, press.publisher), press, what, values),
    )
  },
}

const verbs = { list, check, install, remove } as const

async function list(kept: Packages, { schema }: Press): Promise<number> {
  for (const { name, label, installed, shipped } of await kept.list(schema))
    say(`${name.padEnd(24)}${(installed ?? '–').padEnd(10)}${`shipped ${shipped ?? '–'}`.padEnd(18)}${labelOf(label, 'en')}`)
  return 0
}

async function check(kept: Packages, { schema }: Press, what: string, { take }: Choices): Promise<number> {
  const { issues, plan, conflicts } = await kept.checkInstall(deedOf(what, take), schema)
  for (const { path, at, theirs, mine } of conflicts)
    say(`conflict ${[path, ...at].join('/')}  package ${JSON.stringify(theirs)}  workspace ${JSON.stringify(mine)}`)
  if (issues.length > 0) return sayIssues(issues)
  sayPlan(plan)
  return conflicts.length > 0 ? 1 : 0
}

async function install(kept: Packages, press: Press, what: string, { take, confirm }: Choices): Promise<number> {
  const { version, plan } = await kept.install(deedOf(what, take), confirm ?? [], press.schema, null)
  return finished(press, version, plan)
}

async function remove(kept: Packages, press: Press, name: string, { take, confirm }: Choices): Promise<number> {
  const { version, plan } = await kept.remove(name, settledOf(take), confirm ?? [], press.schema, null)
  return finished(press, version, plan)
}

async function finished({ finisher, schema }: Press, version: number, plan: Parameters<typeof sayPlan>[0]): Promise<number> {
  sayPlan(plan)
  await finisher.finish(schema)
  say(`Version ${version} is live.`)
  return 0
}

/** A folder that is there, or the name of a package that comes with the product. Throws when the folder holds no package. */
function deedOf(what: string, take: string[] | undefined): PackageDeed {
  const settled = settledOf(take)
  if (!existsSync(what)) return { package: null, name: what, settled }
  const definitions = readPackageFolder(what)
  const { issues } = packageOf(definitions)
  if (issues.length > 0) throw new Error(issues.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  return { package: definitions, name: null, settled }
}

/** `objects/order/label/en=theirs`: where, and whose stands there. */
const settledOf = (take: readonly string[] = []): Settled[] =>
  take.map(text => {
    const [, path = '', at = '', side] = /^([^/=]+\/[^/=]+|app)((?:\/[^=]+)?)=(mine|theirs)$/.exec(text) ?? []
    if (side === undefined) throw new Error(`Say whose stands, as in --take objects/order/label/en=theirs; not ${text}.`)
    return { path, at: at.split('/').slice(1), isOrder: false, take: side as 'mine' | 'theirs' }
  })
