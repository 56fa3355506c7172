import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { sdkOf } from '../sdk/sdk.js'
import { type Command, say } from './command.js'
import { withPress } from './press.js'

/** Writes a typed client for the present model. */
export const sdk: Command = {
  name: 'sdk',
  usage: 'sdk [file] [--role R]… [--workspace W]',
  summary: 'write a TypeScript client for the present model (to tessera.ts unless said), as admins or roles see it',
  run: args => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { role: { type: 'string', multiple: true }, workspace: { type: 'string' } },
    })
    const file = positionals[0] ?? 'tessera.ts'
    return withPress(values.workspace, async ({ models, schema }) => {
      const live = await models.current(schema)
      const roles = values.role ?? Object.values(live.model.roles).flatMap(role => (role.admin ? [role.name] : []))
      const unknown = roles.filter(role => !Object.hasOwn(live.model.roles, role))
      if (unknown.length > 0) throw new Error(`There is no role ${unknown.join(', ')}.`)
      writeFileSync(file, sdkOf(models.profile(live, roles), live.version))
      say(`The client of version ${live.version} is in ${file}.`)
      return 0
    })
  },
}
