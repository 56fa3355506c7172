import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { noteBy } from '../audit/by.js'
import { Database } from '../database/database.js'
import { rowsIn } from '../database/rows-in.js'
import { inTransaction } from '../database/transaction.js'
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
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
  ) {}

  /**
   * Begins a view of the asking session. Throws `FORBIDDEN` for who is no admin in a session or looks already, and `VALIDATION_FAILED`
   * for a member who has left or is admin.
   */
  async begin(asking: Caller | null, member: string, address: string): Promise<void> {
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
    await inTransaction(this.database.pool, async client => {
      await client.query(begun, [caller.credential.id, workspace, seen.id, minutes])
      await noteBy(client, caller, { kind: 'signIn', action: 'viewBegan', address, data: { member: seen.id } })
    })
    this.whoAsks.forget()
  }

  /** Ends the view of a session, also one whose time is over; gives whether there was one. */
  async end(caller: Caller | null, address: string): Promise<boolean> {
    if (caller?.credential.kind !== 'session') return false
    const isEnded = await inTransaction(this.database.pool, async client => {
      const { rows } = await client.query<{ member: string }>(ended, [caller.credential.id])
      for (const { member } of rows) await noteBy(client, caller, { kind: 'signIn', action: 'viewEnded', address, data: { member } })
      return rows.length === 1
    })
    this.whoAsks.forget()
    return isEnded
  }
}

const begun = `update tessera.session set view_workspace = $2, view_member = $3, view_until = now() + $4 * interval '1 minute' where id = $1`
const ended = `with viewing as (select id, view_member from tessera.session where id = $1 and view_member is not null for update)
   update tessera.session s set view_workspace = null, view_member = null, view_until = null from viewing v where s.id = v.id returning v.view_member as member`
