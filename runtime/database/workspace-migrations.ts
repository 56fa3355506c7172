import { createHash } from 'node:crypto'
import { literal, render, type Sql, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { workspaceFoundation } from './migrations/workspace-1-foundation.js'
import { workspaceChannel } from './migrations/workspace-2-channel.js'
import { workspaceRates } from './migrations/workspace-3-rates.js'
import { workspaceStates } from './migrations/workspace-4-states.js'
import { workspaceConfirmations } from './migrations/workspace-5-confirmations.js'
import { workspaceNames } from './migrations/workspace-6-names.js'
import { workspaceMerges } from './migrations/workspace-7-merges.js'
import { workspaceAccess } from './migrations/workspace-9-access.js'
import { workspaceAudit } from './migrations/workspace-10-audit.js'
import { workspaceAsked } from './migrations/workspace-11-asked.js'
import { workspaceDrafts } from './migrations/workspace-12-drafts.js'
import { workspacePackages } from './migrations/workspace-13-packages.js'
import { workspaceFieldUse } from './migrations/workspace-14-field-use.js'
import type { Queryable } from './queryable.js'
import type { WorkspaceMigration } from './workspace-migration.js'

const migrationTable = workspaceTable('_migration')
const makeMigrationTable = sql`create table if not exists ${migrationTable} (name text primary key, ran_at timestamptz(3) not null default now())`

const migrations: readonly WorkspaceMigration[] = [
  workspaceFoundation,
  workspaceChannel,
  workspaceRates,
  workspaceStates,
  workspaceConfirmations,
  workspaceNames,
  workspaceMerges,
  workspaceAccess,
  workspaceAudit,
  workspaceAsked,
  workspaceDrafts,
  workspacePackages,
  workspaceFieldUse,
]

/** What the fixed tables of a workspace can have been brought through. */
export const workspaceMigrationNames: readonly string[] = migrations.map(({ name }) => name)

/** Tells how far the fixed tables of a workspace are brought by this release. */
export const fixedTablesNow: string = createHash('sha256').update(workspaceMigrationNames.join()).digest('hex').slice(0, 16)

/** The statements that make the fixed tables of a new workspace, as all migrations leave them; no values stand in them. */
export const newWorkspaceTables = (): readonly Sql[] => [
  makeMigrationTable,
  ...migrations.flatMap(({ name, statements }) => [...statements(), sql`insert into ${migrationTable} (name) values (${literal(name)})`]),
]

/**
 * Brings the fixed tables of one workspace's schema up to date; does nothing when they are.
 * @param client inside a transaction that holds the workspace's lock
 */
export async function migrateWorkspace(client: Queryable, schema: string): Promise<void> {
  const run = (statement: Sql) => {
    const { text, values } = render(statement, schema)
    return client.query(text, [...values])
  }
  await run(makeMigrationTable)
  const ran = new Set((await run(sql`select name from ${migrationTable}`)).rows.map(row => String(row.name)))
  for (const migration of migrations.filter(({ name }) => !ran.has(name))) {
    for (const statement of migration.statements()) await run(statement)
    await run(sql`insert into ${migrationTable} (name) values (${migration.name})`)
  }
}
