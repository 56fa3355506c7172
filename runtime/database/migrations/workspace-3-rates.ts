import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { WorkspaceMigration } from '../workspace-migration.js'

/** What one unit of a currency is worth in the workspace's currency, from a day on. */
export const workspaceRates: WorkspaceMigration = {
  name: '3-rates',
  statements: () => [
    sql`create table ${workspaceTable('_rate')} (
      currency text not null,
      day date not null,
      rate numeric not null constraint _rate_positive check (rate > 0),
      constraint _rate_pk primary key (currency, day))`,
  ],
}
