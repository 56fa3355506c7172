import { parseArgs } from 'node:util'
import { type Command, say } from './command.js'
import { documentsOf, sayIssues } from './folder.js'
import { missingIn, sayPlan, withPress } from './press.js'

/** Shows what publishing a folder would change. */
export const diff: Command = {
  name: 'diff',
  usage: 'diff [folder] [--prune] [--sql] [--workspace W]',
  summary: 'show what publishing a folder would change; --prune also removes what the folder lacks',
  run: args => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { prune: { type: 'boolean' }, sql: { type: 'boolean' }, workspace: { type: 'string' } },
    })
    const put = documentsOf(positionals[0] ?? 'metadata')
    return withPress(values.workspace, async press => {
      const remove = values.prune ? await missingIn(put, press) : []
      const { issues, plan, sql } = await press.publisher.check({ put, remove }, press.schema)
      if (issues.length > 0) return sayIssues(issues)
      sayPlan(plan)
      if (values.sql && sql) say(`\n${sql}`)
      return 0
    })
  },
}
