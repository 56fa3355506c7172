import { parseArgs } from 'node:util'
import { addMember } from '../access/members.js'
import { checkPassword } from '../access/password-policy.js'
import { checkEmail } from '../access/settings.js'
import { newToken } from '../access/tokens.js'
import { note } from '../audit/entry.js'
import { schemaOf } from '../database/schema.js'
import { type Command, say } from './command.js'
import { chooseWorkspace, withDatabase } from './database-of.js'

/** Adds a person to a workspace, or gives one who is there other roles. */
export const user: Command = {
  name: 'user',
  usage: 'user <e-mail> [--name N] [--role R]… [--workspace W]',
  summary: 'add a member (role admin unless said); TESSERA_PASSWORD is the password, else one is made that is changed at the first sign-in',
  run: args => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { name: { type: 'string' }, role: { type: 'string', multiple: true }, workspace: { type: 'string' } },
    })
    const [email = ''] = positionals
    const password = process.env.TESSERA_PASSWORD || newToken().slice(0, 16)
    const issues = [...checkEmail(email), ...checkPassword(password)]
    if (issues.length > 0) throw new Error(issues.map(({ message, hint }) => `${message} ${hint}`).join('\n'))
    return withDatabase(async database => {
      const workspace = await chooseWorkspace(database, values.workspace)
      const roles = values.role ?? ['admin']
      const name = values.name ?? email.split('@')[0] ?? email
      await database.source.transaction(async manager => {
        const person = { email, name, password, mustChangePassword: !process.env.TESSERA_PASSWORD, roles }
        const id = await addMember(database, workspace, person, manager)
        const entry = { kind: 'member', action: 'added', actor: null, channel: 'command', data: { member: id, roles } } as const
        await note(manager, schemaOf(workspace.slug), entry)
      })
      say(
        `${email} is a member of ${workspace.slug}.${process.env.TESSERA_PASSWORD ? '' : ` A new account has the password ${password}; it is changed at the first sign-in.`}`,
      )
      return 0
    })
  },
}
