import { dayOf } from '@tessera/platform/fields/zone.js'
import type { Database } from '../database/database.js'
import { workspaceIn } from '../database/workspace.js'
import type { WriteContext } from '../records/write-context.js'
import type { Models } from './models.js'

/**
 * What the product itself writes with behind the requests, in nobody's name and bound by no role: the present version and moment.
 * @returns null for a workspace that is gone
 */
export async function ownContext(database: Database, models: Models, schema: string): Promise<WriteContext | null> {
  const workspace = await workspaceIn(database, schema)
  if (!workspace) return null
  const { timeZone, currency } = workspace
  const { model } = await models.current(schema)
  const now = new Date().toISOString()
  const moment = { member: null, now, today: dayOf(now, timeZone), timeZone }
  return { schema, model, profile: null, moment, channel: 'workflow', cause: [], currency, zone: timeZone }
}
