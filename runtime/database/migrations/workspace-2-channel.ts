import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/** Events say by which way their write came in; a run that was not let begin says why. */
export const workspaceChannel: WorkspaceMigration = {
  name: '2-channel',
  statements: () => [
    sql`alter table ${workspaceTable('_outbox')} add column channel text`,
    sql`alter table ${workspaceTable('_run')} add column stop text`,
  ],
}
