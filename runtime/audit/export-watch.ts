import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { localeOf } from '@tessera/platform/label.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import type { Caller } from '../access/caller.js'
import { Database } from '../database/database.js'
import { Workspace } from '../database/entities/workspace.js'
import { rowsIn } from '../database/rows-in.js'
import { inTransaction } from '../database/transaction.js'
import { Mailer } from '../mail/mailer.js'
import { AdminRoles } from '../publishing/admin-roles.js'
import { RequestError } from '../request-error.js'
import { alertMail } from './alert-mail.js'
import { noteBy } from './by.js'

/** A file that was written and is about to be handed out. */
export interface Exported {
  readonly object: string
  readonly fields: readonly string[]
  /** Those of the fields that some role sees masked and that are whole in the file. */
  readonly sensitive: readonly string[]
  readonly rows: number
  readonly format: string
  /** Whether it was all records or a choice of them. */
  readonly filtered: boolean
}

/** How many rows somebody took out within a day, and how many of them held a sensitive value. */
interface Taken {
  readonly rows: number
  readonly sensitive: number
}

interface Judged {
  readonly isBlocked: boolean
  /** Whether admins are to be told. */
  readonly isAlert: boolean
  readonly taken: Taken
}

/** Keeps who exported what, before they get it; tells admins of who takes very much, and stops them where the workspace wants that. */
@Injectable()
export class ExportWatch {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(AdminRoles) private readonly adminRoles: AdminRoles,
  ) {}

  /** Writes an export into the log. Throws `FORBIDDEN` when it goes beyond what the workspace lets out in a day. */
  async keep(exported: Exported, caller: Caller): Promise<void> {
    const settings = await this.database.source.getRepository(Workspace).findOneByOrFail({ id: caller.workspace.id })
    const judged = await inTransaction(this.database.pool, client => keepOne(client, exported, caller, settings))
    if (judged.isAlert) await this.tellAdmins(exported, judged, caller, settings)
    if (judged.isBlocked) throw new RequestError('FORBIDDEN', [issue('EXPORT_LIMIT', '')])
  }

  /** Behind the answer: who exports does not wait for mails. */
  private async tellAdmins({ object }: Exported, { isBlocked, taken }: Judged, caller: Caller, { locale }: Workspace): Promise<void> {
    if (!this.mailer.isOn) return
    const roles = [...(await this.adminRoles.of(caller.workspace.schema))]
    const admins = await rowsIn<{ email: string; locale: string }>(
      this.database.pool,
      caller.workspace.schema,
      sql`select email, locale from ${workspaceTable('_member')} where active and roles && ${roles}::text[] order by email limit 50`,
    )
    this.mailer.later(async () => {
      for (const { email, locale: own } of admins)
        await this.mailer.send(
          alertMail(localeOf(own || locale), email, {
            name: caller.member.name,
            workspace: caller.workspace.name,
            object,
            ...taken,
            isBlocked,
            link: this.mailer.addressOf('/studio/audit?kind=alert'),
          }),
        )
    })
  }
}

/** One member's exports wait for each other here, so that many at once are as limited as one after the other. */
async function keepOne(client: PoolClient, exported: Exported, caller: Caller, settings: Workspace): Promise<Judged> {
  const { schema } = caller.workspace
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`export ${schema} ${caller.member.id}`])
  const [before] = await rowsIn<{ rows: number; sensitive: number; told: boolean }>(
    client,
    schema,
    sql`select coalesce(sum((data->>'rows')::float8) filter (where action = 'written'), 0) as rows,
      coalesce(sum((data->>'rows')::float8) filter (where action = 'written' and json_array_length(data->'sensitive') > 0), 0) as sensitive,
      coalesce(bool_or(kind = 'alert'), false) as told
      from ${workspaceTable('_audit')} where kind in ('export', 'alert') and at > now() - interval '1 day' and actor = ${caller.member.id}`,
  )
  const taken = {
    rows: (before?.rows ?? 0) + exported.rows,
    sensitive: (before?.sensitive ?? 0) + (exported.sensitive.length > 0 ? exported.rows : 0),
  }
  const isBeyond =
    passes(taken.rows, settings.exportAlert) || (exported.sensitive.length > 0 && passes(taken.sensitive, settings.exportAlertSensitive))
  const isBlocked = isBeyond && settings.exportBlock
  const { object, ...data } = exported
  if (!isBlocked) await noteBy(client, caller, { kind: 'export', action: 'written', object, data })
  const isAlert = isBeyond && before?.told !== true
  if (isAlert || isBlocked)
    await noteBy(client, caller, {
      kind: 'alert',
      action: isBlocked ? 'exportBlocked' : 'massExport',
      object,
      data: { ...data, inDay: taken },
    })
  return { isBlocked, isAlert, taken }
}

const passes = (count: number, limit: number): boolean => limit > 0 && count > limit
