import { Inject, Injectable } from '@nestjs/common'
import { queryContext, visible } from '@tessera/platform/query/source.js'
import { name, render, sql, valuesOf, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Caller } from '../access/caller.js'
import { Database } from '../database/database.js'
import { slotsOf } from '../graphql/request-context.js'
import { Models } from '../publishing/models.js'
import type { StoredFile } from './file-store.js'

/** Who may have a file. */
@Injectable()
export class FileAccess {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
  ) {}

  /** A file that a record holds is for whoever may read that field of that record; any other for whoever uploaded it. Admins may have all. */
  async mayRead(caller: Caller, { createdBy, holder }: StoredFile): Promise<boolean> {
    if (caller.isAdmin) return true
    if (!holder) return createdBy === caller.member.id
    const { workspace, roles } = caller
    const live = await this.models.current(workspace.schema)
    const profile = this.models.profile(live, roles)
    const object = Object.values(profile.model.objects).find(one => one.table === holder.table)
    const isShown = object && Object.values(object.fields).some(field => field.columns.some(column => column.name === holder.column))
    if (!object || !isShown) return false
    const condition = visible(object, 't', queryContext(live.model, profile.conditions, profile.model))
    const statement = render(
      sql`select from ${workspaceTable(object.table)} t where ${name('t', 'id')} = ${holder.record}::uuid and ${condition}`,
      workspace.schema,
    )
    const context = slotsOf({ caller, live, profile }, new Date())
    const { rowCount } = await this.database.pool.query(statement.text, valuesOf(statement, { variables: {}, context }) as unknown[])
    return rowCount === 1
  }
}
