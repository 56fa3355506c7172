import { schemaOf } from '../../runtime/database/schema.js'
import { Models } from '../../runtime/publishing/models.js'
import { type Drift, verifyComputed } from '../../runtime/records/verify.js'
import type { RecordsWorld } from '../support/records.js'

/** What computing everything anew finds in a workspace: how many values were looked at, and which differ. */
export async function driftsIn({
  app: { app, database, workspace },
}: RecordsWorld): Promise<{ readonly seen: number; readonly drifts: readonly Drift[] }> {
  const schema = schemaOf(workspace.slug)
  const { model } = await app.get(Models).current(schema)
  const drifts: Drift[] = []
  const moment = { member: null, now: '2026-01-01T00:00:00.000Z', today: '2026-01-01', timeZone: workspace.timeZone }
  const seen = await verifyComputed(database.pool, { schema, moment, currency: workspace.currency, model }, drift => drifts.push(drift))
  return { seen, drifts }
}
