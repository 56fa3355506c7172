import { Inject, Injectable } from '@nestjs/common'
import { may } from '@tessera/platform/access/profile.js'
import { issue } from '@tessera/platform/errors.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Caller } from '../access/caller.js'
import { Directory } from '../access/directory.js'
import { type HeldRoles, heldRoles, rolesOf } from '../access/held-roles.js'
import { Database } from '../database/database.js'
import { rowsIn } from '../database/rows-in.js'
import { schemaOf } from '../database/schema.js'
import { defaultSettings, listWorkspaces } from '../database/workspace.js'
import { Models } from '../publishing/models.js'
import { RequestError } from '../request-error.js'
import type { Importing, ImportingMember } from './importing.js'

interface MemberRow extends ImportingMember, HeldRoles {
  readonly [column: string]: unknown
}

/** Finds the rights and the model under which a member imports, as they are at this moment. */
@Injectable()
export class WhoImports {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** A caller who imports now. */
  async of({ workspace, member, roles, reach, locale, timeZone }: Caller): Promise<Importing> {
    const live = await this.models.current(workspace.schema)
    return {
      schema: workspace.schema,
      member: { ...member, locale, timeZone },
      live,
      profile: this.models.profile(live, roles),
      reach,
      currency: workspace.currency,
      zone: workspace.timeZone,
    }
  }

  /** The member of a job. Throws `FORBIDDEN` when they are no longer active. */
  async find(schema: string, member: string): Promise<Importing> {
    const [row] = await rowsIn<MemberRow>(
      this.database.pool,
      schema,
      sql`select m.id, m.name, m.email, m.locale, m.time_zone as "timeZone", ${heldRoles} from ${workspaceTable('_member')} m where m.id = ${member} and m.active`,
    )
    if (!row) throw new RequestError('FORBIDDEN', [issue('SIGN_IN_NEEDED', '')])
    const { id, name, email, locale, timeZone } = row
    const live = await this.models.current(schema)
    return {
      schema,
      member: { id, name, email, locale, timeZone },
      live,
      profile: this.models.profile(live, rolesOf(row)),
      reach: await this.directory.reachOf(schema, id),
      ...(await this.settingsOf(schema)),
    }
  }

  private async settingsOf(schema: string): Promise<{ readonly currency: string; readonly zone: string }> {
    const { currency, timeZone } = (await listWorkspaces(this.database)).find(({ slug }) => schemaOf(slug) === schema) ?? defaultSettings
    return { currency, zone: timeZone }
  }
}

/** Throws `FORBIDDEN` unless the member may import into an object: the right itself, and the one to create or to change. */
export function requireImport({ profile, live }: Importing, object: string): void {
  const isAllowed = may(profile, 'import', object) && (may(profile, 'create', object) || may(profile, 'update', object))
  const label = live.model.objects[object]?.pluralLabel ?? object
  if (!isAllowed)
    throw new RequestError('FORBIDDEN', [
      issue('ACTION_FORBIDDEN', 'object', {
        action: { en: 'import', 'zh-CN': '导入' },
        objects: profile.model.objects[object] ? label : object,
      }),
    ])
}
