import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import { dayOf } from '@tessera/platform/fields/zone.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { Directory } from '../access/directory.js'
import { type HeldRoles, heldRoles, rolesOf } from '../access/held-roles.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { Models } from '../publishing/models.js'
import type { WriteContext } from '../records/write-context.js'
import { RequestError } from '../request-error.js'

interface Row extends HeldRoles {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly time_zone: string
  readonly [column: string]: unknown
}

/** Puts a question in the name of another member: their roles, where they stand, their day. */
@Injectable()
export class InNameOf {
  constructor(
    @Inject(Models) private readonly models: Models,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** The context of a member, as they would ask now. Throws `VALIDATION_FAILED` when there is no active one. */
  async of(client: Queryable, member: string, context: WriteContext): Promise<WriteContext> {
    const { schema, moment } = context
    const rows = isId(member)
      ? await rowsIn<Row>(
          client,
          schema,
          sql`select m.id, m.name, m.email, m.time_zone, ${heldRoles} from ${workspaceTable('_member')} m where m.id = ${member}::uuid and m.active`,
        )
      : []
    const [row] = rows
    if (!row) throw new RequestError('VALIDATION_FAILED', [issue('MEMBER_UNKNOWN', 'member')])
    const { id, name, email, time_zone: timeZone } = row
    const roles = rolesOf(row)
    return {
      ...context,
      roles,
      profile: this.models.profile(await this.models.current(schema), roles),
      reach: await this.directory.reachOf(schema, id),
      moment: { member: { id, name, email }, now: moment.now, today: dayOf(moment.now, timeZone), timeZone },
    }
  }
}
