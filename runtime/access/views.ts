import { Inject, Injectable, Logger } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { Database } from '../database/database.js'
import { rowsIn } from '../database/rows-in.js'
import { RequestError } from '../request-error.js'
import type { Caller } from './caller.js'
import { type HeldRoles, heldRoles, rolesOf } from './held-roles.js'
import { requireAdmin, requirePerson } from './require.js'
import { WhoAsks } from './who-asks.js'

const minutes = 30

interface Seen extends HeldRoles {
  readonly id: string
  readonly [column: string]: unknown
}

/** Lets admins look at the app through the eyes of a member: their session changes what it sees and loses every right to write, for half an hour at most. */
@Injectable()
export class Views {
  private readonly log = new Logger('access')

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
  ) {}

  /**
   * Begins a view of the asking session. Throws `FORBIDDEN` for who is no admin in a session or looks already, and `VALIDATION_FAILED`
   * for a member who has left or is admin.
   */
  async begin(asking: Caller | null, member: string): Promise<void> {
    const caller = requireAdmin(requirePerson(asking))
    const { schema, id: workspace } = caller.workspace
    const rows = isId(member)
      ? await rowsIn<Seen>(
          this.database.pool,
          schema,
          sql`select m.id, ${heldRoles} from ${workspaceTable('_member')} m where m.id = ${member}::uuid and m.active`,
        )
      : []
    const [seen] = rows
    if (!seen || (await this.whoAsks.areAdmin(schema, rolesOf(seen))))
      throw new RequestError('VALIDATION_FAILED', [issue('VIEW_UNFIT', 'member')])
    await this.database.pool.query(begun, [caller.credential.id, workspace, seen.id, minutes])
    this.whoAsks.forget()
    this.log.warn(`Member ${caller.member.id} of ${caller.workspace.slug} looks through the eyes of member ${seen.id}`)
  }

  /** Ends the view of a session, also one whose time is over; gives whether there was one. */
  async end(caller: Caller | null): Promise<boolean> {
    if (caller?.credential.kind !== 'session') return false
    const { rowCount } = await this.database.pool.query(ended, [caller.credential.id])
    this.whoAsks.forget()
    if (rowCount) this.log.warn(`The view of member ${caller.viewing?.by.id ?? caller.member.id} of ${caller.workspace.slug} is over`)
    return rowCount === 1
  }
}

const begun = `update tessera.session set view_workspace = $2, view_member = $3, view_until = now() + $4 * interval '1 minute' where id = $1`
const ended =
  'update tessera.session set view_workspace = null, view_member = null, view_until = null where id = $1 and view_member is not null'
