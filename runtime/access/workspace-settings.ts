import { Inject, Injectable } from '@nestjs/common'
import { noteBy } from '../audit/by.js'
import { Database } from '../database/database.js'
import { Workspace } from '../database/entities/workspace.js'
import { RequestError } from '../request-error.js'
import type { Caller } from './caller.js'
import { checkOversight, checkSecurity, checkSettings, type SettingsInput } from './settings.js'
import { WhoAsks } from './who-asks.js'

const setIn = (settings: Workspace, key: string): unknown => settings[key as keyof Workspace]
const pick = (settings: Workspace, keys: readonly string[]) => Object.fromEntries(keys.map(key => [key, setIn(settings, key)]))

/** Reads and changes what an admin sets for a whole workspace. */
@Injectable()
export class WorkspaceSettingsStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
  ) {}

  /** The settings of a workspace that exists. */
  read(id: string): Promise<Workspace> {
    return this.database.source.getRepository(Workspace).findOneByOrFail({ id })
  }

  /** Changes what is given and keeps the rest. Throws `VALIDATION_FAILED` with every issue. */
  async change(id: string, changes: Partial<SettingsInput>, by: Caller): Promise<Workspace> {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined && value !== null))
    const present = await this.read(id)
    const settings: Workspace = { ...present, ...given }
    const issues = [...checkSettings(settings), ...checkSecurity(settings), ...checkOversight(settings)]
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    const changed = Object.keys(given).filter(key => JSON.stringify(setIn(settings, key)) !== JSON.stringify(setIn(present, key)))
    await this.database.source.transaction(async manager => {
      await manager.save(Workspace, settings)
      if (changed.length > 0)
        await noteBy(manager, by, {
          kind: 'settings',
          action: 'changed',
          data: { before: pick(present, changed), after: pick(settings, changed) },
        })
    })
    this.whoAsks.forget()
    return settings
  }
}
