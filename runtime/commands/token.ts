import { parseArgs } from 'node:util'
import { normalEmail } from '../access/accounts.js'
import { createApiKey } from '../access/api-keys.js'
import { Account } from '../database/entities/account.js'
import { Membership } from '../database/entities/membership.js'
import { type Command, say } from './command.js'
import { chooseWorkspace, withDatabase } from './database-of.js'

/** Prints a new API key of a member. */
export const token: Command = {
  name: 'token',
  usage: 'token <e-mail> [--name N] [--workspace W]',
  summary: 'print a new API key that acts as this member',
  run: args => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { name: { type: 'string' }, workspace: { type: 'string' } },
    })
    return withDatabase(async database => {
      const workspace = await chooseWorkspace(database, values.workspace)
      const account = await database.source.getRepository(Account).findOneBy({ email: normalEmail(positionals[0] ?? '') })
      const membership = { accountId: account?.id ?? '', workspaceId: workspace.id }
      if (!account || !(await database.source.getRepository(Membership).existsBy(membership))) {
        throw new Error(`"${positionals[0] ?? ''}" is no member of ${workspace.slug}.`)
      }
      say(await createApiKey(database, { ...membership, name: values.name ?? 'command line', expiresAt: null, createdBy: null }))
      return 0
    })
  },
}
