import { type Command, say } from './command.js'
import { withDatabase } from './database-of.js'

/** Brings the fixed tables up to date; opening the database does it. */
export const migrate: Command = {
  name: 'migrate',
  usage: 'migrate',
  summary: 'bring the fixed tables up to date',
  run: () =>
    withDatabase(async () => {
      say('The fixed tables are up to date.')
      return 0
    }),
}
