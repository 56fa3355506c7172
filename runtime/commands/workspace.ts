import { parseArgs } from 'node:util'
import { addMember } from '../access/members.js'
import { checkPassword } from '../access/password-policy.js'
import { checkEmail } from '../access/settings.js'
import { newToken } from '../access/tokens.js'
import { note } from '../audit/entry.js'
import type { Database } from '../database/database.js'
import { schemaOf } from '../database/schema.js'
import { createWorkspace, dropWorkspace, findWorkspace, listWorkspaces } from '../database/workspace.js'
import { shippedTemplate } from '../publishing/install-app.js'
import { announcePublish } from '../publishing/publish-signal.js'
import { furnish } from '../publishing/template.js'
import { RequestError } from '../request-error.js'
import { type Command, say } from './command.js'
import { chooseWorkspace, withDatabase } from './database-of.js'
import { sayIssues } from './folder.js'

const options = {
  name: { type: 'string' },
  from: { type: 'string', multiple: true },
  admin: { type: 'string' },
  confirm: { type: 'string' },
} as const

interface Choices {
  readonly name?: string
  readonly from?: string[]
  readonly admin?: string
  readonly confirm?: string
}

/** Lists, makes and drops workspaces; for whoever runs the installation, beside a server that is running or without one. */
export const workspace: Command = {
  name: 'workspace',
  usage: 'workspace list | create <slug>… [--name N] [--from APP]… [--admin E-MAIL] | drop <slug> --confirm <slug>',
  summary: 'list, make or drop workspaces; a new one has the shipped apps unless told which, its admin the password TESSERA_PASSWORD',
  run: args => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    const [verb = '', ...slugs] = positionals
    const work = Object.hasOwn(verbs, verb) ? verbs[verb as keyof typeof verbs] : null
    if (!work) throw new Error(`Say what to do: ${workspace.usage}`)
    return withDatabase(database => work(database, slugs, values))
  },
}

const verbs = { list, create, drop } as const

async function list(database: Database): Promise<number> {
  for (const { slug, name, createdAt } of await listWorkspaces(database)) say(`${slug.padEnd(40)}  ${createdAt.toISOString()}  ${name}`)
  return 0
}

/** Each workspace is made by itself, all of it or nothing; the first that cannot be made ends the command. */
async function create(database: Database, slugs: readonly string[], { name, from, admin }: Choices): Promise<number> {
  if (slugs.length === 0) throw new Error('Name the workspace: small letters, digits and hyphens, beginning with a letter.')
  const person = admin === undefined ? null : adminOf(admin)
  for (const slug of slugs) if (await findWorkspace(database, slug)) throw new Error(`There is a workspace "${slug}" already.`)
  try {
    const template = await shippedTemplate(database, from)
    for (const slug of slugs) {
      const begun = performance.now()
      const made = await createWorkspace(database, slug, name ?? slug, {}, client => furnish(client, schemaOf(slug), template))
      if (person) {
        await database.source.transaction(async manager => {
          const member = await addMember(database, made, person, manager)
          const entry = { kind: 'member', action: 'added', actor: null, channel: 'command', data: { member, roles: person.roles } } as const
          await note(manager, schemaOf(slug), entry)
        })
      }
      say(`${slug} is made, in ${Math.round(performance.now() - begun)} ms.`)
    }
    if (!person) say(`Nobody is in there yet: npx tessera user <e-mail> --workspace ${slugs[0]} adds the first admin.`)
    if (person?.mustChangePassword)
      say(`If ${person.email} is new here, the password is ${person.password}; it is changed at the first sign-in.`)
    return 0
  } catch (error) {
    if (error instanceof RequestError) return sayIssues(error.issues)
    throw error
  }
}

/** Whoever has an account keeps its password; a new one has that of the environment, or one that is made and changed at the first sign-in. */
function adminOf(email: string) {
  const given = process.env.TESSERA_PASSWORD || null
  const password = given ?? newToken().slice(0, 16)
  const issues = [...checkEmail(email), ...checkPassword(password)]
  if (issues.length > 0) throw new Error(issues.map(({ message, hint }) => `${message} ${hint}`).join('\n'))
  return { email, name: email.split('@')[0] ?? email, password, mustChangePassword: given === null, roles: ['admin'] }
}

async function drop(database: Database, slugs: readonly string[], { confirm }: Choices): Promise<number> {
  const [slug] = slugs
  if (slug === undefined || slugs.length > 1) throw new Error('Name one workspace to drop.')
  const { name } = await chooseWorkspace(database, slug)
  if (confirm !== slug) {
    say(
      `Everything in ${slug} (${name}) would be lost, and there is no way back. To do it: tessera workspace drop ${slug} --confirm ${slug}`,
    )
    return 1
  }
  await dropWorkspace(database, slug)
  await announcePublish(database.pool, schemaOf(slug))
  say(`${slug} is gone.`)
  return 0
}
