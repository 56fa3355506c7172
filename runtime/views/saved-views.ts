import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Caller } from '../access/caller.js'
import { Database } from '../database/database.js'
import { newId } from '../database/id.js'
import { rowsIn } from '../database/rows-in.js'
import { inTransaction } from '../database/transaction.js'
import { nameIssues } from '../name-issues.js'
import { Models } from '../publishing/models.js'
import { RequestError } from '../request-error.js'

/** A view that a member saved: how a list of an object is filtered and ordered, and which columns it shows. */
export interface SavedView {
  readonly id: string
  readonly object: string
  readonly name: string
  /** What the app writes into its address; only the app reads it. */
  readonly query: string
  /** Null is those of the view that it was made from. */
  readonly columns: readonly string[] | null
  readonly isShared: boolean
  readonly isMine: boolean
  readonly owner: string | null
}

/** What a member says of a view to save. */
export type ViewInput = Pick<SavedView, 'object' | 'name' | 'query' | 'columns' | 'isShared'>

interface ViewRow {
  readonly id: string
  readonly object: string
  readonly name: string
  readonly owner: string | null
  readonly ownerName: string | null
  readonly definition: { readonly query: string; readonly columns: readonly string[] | null; readonly isShared: boolean }
  readonly [column: string]: unknown
}

const table = workspaceTable('_view')
const limits = { name: 80, query: 4_000, columns: 100, own: 100 }

/** The saved views of a workspace: each member's own, and those that members share with everybody who may read the object. */
@Injectable()
export class SavedViews {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
  ) {}

  /** The caller's views of an object and those shared by others, by name. Throws `NOT_FOUND` when they may not read the object. */
  async list(caller: Caller, object: string): Promise<SavedView[]> {
    const seen = await this.requireObject(caller, object)
    const rows = await rowsIn<ViewRow>(
      this.database.pool,
      caller.workspace.schema,
      sql`select v.id, v.object, v.name, v.owner, m.name as "ownerName", v.definition from ${table} v
        left join ${workspaceTable('_member')} m on m.id = v.owner
        where v.object = ${object} and (v.owner = ${caller.member.id} or (v.definition ->> 'isShared')::boolean)
        order by v.name, v.id limit 500`,
    )
    return rows.map(row => viewOf(row, caller, seen))
  }

  /**
   * Saves a view: a new one, one of the caller's by its id, or the caller's one of the same name.
   * Throws every issue of the input; `NOT_FOUND` for a view of somebody else, unless an admin changes a shared one.
   */
  async save(caller: Caller, id: string | null, input: ViewInput): Promise<SavedView> {
    await this.requireObject(caller, input.object)
    const name = input.name.trim()
    const issues = [
      ...nameIssues(name, limits.name),
      ...tooLong('query', input.query.length, limits.query),
      ...((input.columns?.length ?? 0) > limits.columns ? [tooMany('columns', limits.columns)] : []),
    ]
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    const { schema } = caller.workspace
    const saved = await inTransaction(this.database.pool, async client => {
      const present = id === null ? await this.find(client, schema, caller, input.object, name) : await this.changeable(client, caller, id)
      const owner = present?.owner ?? caller.member.id
      const definition = JSON.stringify({ query: input.query, columns: input.columns, isShared: input.isShared })
      const key = present?.id ?? newId()
      await rowsIn(
        client,
        schema,
        sql`insert into ${table} (id, object, name, owner, definition) values (${key}::uuid, ${input.object}, ${name}, ${owner}::uuid, ${definition}::json)
          on conflict (id) do update set name = excluded.name, definition = excluded.definition`,
      )
      return key
    })
    const found = (await this.list(caller, input.object)).find(view => view.id === saved)
    if (!found) throw new RequestError('NOT_FOUND', [issue('RECORD_NOT_FOUND', 'id')])
    return found
  }

  /** Removes a view of the caller, or as an admin a shared one. Throws `NOT_FOUND` otherwise. */
  async remove(caller: Caller, id: string): Promise<void> {
    await this.changeable(this.database.pool, caller, id)
    await rowsIn(this.database.pool, caller.workspace.schema, sql`delete from ${table} where id = ${id}::uuid`)
  }

  private async requireObject(caller: Caller, object: string): Promise<ObjectModel> {
    const live = await this.models.current(caller.workspace.schema)
    const { model } = this.models.profile(live, caller.roles)
    const seen = lookup(model.objects, object)
    if (!seen) throw new RequestError('NOT_FOUND', [issue('OBJECT_UNKNOWN', 'object', { object, suggestion: '' })])
    return seen
  }

  /** The caller's view of a name; a member who has too many gets no more. */
  private async find(client: Client, schema: string, { member }: Caller, object: string, name: string): Promise<ViewRow | undefined> {
    const rows = await rowsIn<ViewRow>(client, schema, sql`select * from ${table} where owner = ${member.id}::uuid and object = ${object}`)
    const found = rows.find(row => row.name === name)
    if (!found && rows.length >= limits.own) throw new RequestError('VALIDATION_FAILED', [tooMany('', limits.own)])
    return found
  }

  private async changeable(client: Client, { workspace, member, isAdmin }: Caller, id: string): Promise<ViewRow> {
    const [row] = isId(id) ? await rowsIn<ViewRow>(client, workspace.schema, sql`select * from ${table} where id = ${id}::uuid`) : []
    if (!row || (row.owner !== member.id && !(isAdmin && row.definition.isShared)))
      throw new RequestError('NOT_FOUND', [issue('RECORD_NOT_FOUND', 'id')])
    return row
  }
}

const isColumn = (path: string, { fields, children }: ObjectModel): boolean => {
  const [first = ''] = path.split('.')
  return Object.hasOwn(fields, first) || Object.hasOwn(children, first)
}

type Client = Parameters<typeof rowsIn>[0]

const tooLong = (path: string, length: number, max: number) => (length > max ? [issue('VALUE_TOO_LONG', path, { field: path, max })] : [])

const tooMany = (path: string, max: number) =>
  issue('INPUT_INVALID', path, { problem: { en: `There can be at most ${max} of these.`, 'zh-CN': `最多 ${max} 个。` } })

const viewOf = ({ id, object, name, owner, ownerName, definition }: ViewRow, caller: Caller, seen: ObjectModel): SavedView => ({
  id,
  object,
  name,
  query: definition.query,
  // a view of somebody who sees more names no fields that the caller has not got
  columns: owner === caller.member.id ? definition.columns : (definition.columns?.filter(column => isColumn(column, seen)) ?? null),
  isShared: definition.isShared,
  isMine: owner === caller.member.id,
  owner: ownerName,
})
