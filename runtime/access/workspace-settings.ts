import { Inject, Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'
import { Workspace } from '../database/entities/workspace.js'
import { RequestError } from '../request-error.js'
import { checkSecurity, checkSettings, type SettingsInput } from './settings.js'
import { WhoAsks } from './who-asks.js'

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
  async change(id: string, changes: Partial<SettingsInput>): Promise<Workspace> {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined && value !== null))
    const settings: Workspace = { ...(await this.read(id)), ...given }
    const issues = [...checkSettings(settings), ...checkSecurity(settings)]
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    await this.database.source.getRepository(Workspace).save(settings)
    this.whoAsks.forget()
    return settings
  }
}
