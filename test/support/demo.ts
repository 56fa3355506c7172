import { sql, workspaceTable } from '../../platform/sql/sql.js'
import { rowsIn } from '../../runtime/database/rows-in.js'
import { schemaOf } from '../../runtime/database/schema.js'
import { findWorkspace } from '../../runtime/database/workspace.js'
import { createApp, type RunningApp } from '../../runtime/main.js'
import { Demo } from '../../runtime/seeding/demo.js'
import { hasWork } from '../../runtime/workflows/run-store.js'
import { workflowReader } from '../../runtime/workflows/steps.js'
import type { TestApp } from './app.js'
import { copiedDatabase, testConfig } from './database.js'
import { until } from './follow-up.js'

const slug = 'demo'

/**
 * Serves a demo of its own: the CRM, its members and all seeded records. It is copied from the one that whoever asks first
 * in a run makes, with everything done that follows from its records. Close it in `afterAll`.
 */
export async function startDemo(): Promise<TestApp> {
  const { url, drop } = await copiedDatabase('demo_template', makeDemo)
  const running = await createApp(testConfig(url))
  const workspace = await findWorkspace(running.database, slug)
  if (!workspace) throw new Error('The copied demo has no workspace')
  const close = async () => {
    await running.close()
    await drop()
  }
  return { ...running, workspace, close }
}

async function makeDemo(url: string): Promise<void> {
  const running = await createApp(testConfig(url))
  await running.app.get(Demo).ensure(() => undefined)
  await until(
    () => isBusy(running),
    busy => !busy,
    120_000,
  )
  await running.close()
}

/** Whether a job runs or something still follows from a record's change. */
async function isBusy({ database }: RunningApp): Promise<boolean> {
  const schema = schemaOf(slug)
  const jobs = await rowsIn(database.pool, schema, sql`select from ${workspaceTable('_job')} where state in ('waiting', 'running') limit 1`)
  return jobs.length > 0 || hasWork(database.pool, schema, workflowReader, new Date())
}
