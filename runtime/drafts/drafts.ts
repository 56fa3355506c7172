import { Inject, Injectable } from '@nestjs/common'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { type Issue, issue } from '@tessera/platform/errors.js'
import { isId } from '@tessera/platform/fields/id-text.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Caller } from '../access/caller.js'
import { Database } from '../database/database.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import { rowsIn } from '../database/rows-in.js'
import { inTransaction } from '../database/transaction.js'
import { nameIssues } from '../name-issues.js'
import { newestNumber } from '../publishing/version-store.js'
import { RequestError } from '../request-error.js'

/** One definition that is to be different: as it was when the edits of it began, and as it is to be; null where there is none. */
export interface DraftEntry {
  readonly kind: string
  readonly name: string
  readonly before: unknown
  readonly after: unknown
}

/** A draft as a list shows it. */
export interface DraftHead {
  readonly id: string
  readonly name: string
  /** The id of the member whose it is. */
  readonly author: string
  /** The ids of members who work on it too. */
  readonly editors: readonly string[]
  /** The version that it was begun on, or brought to. */
  readonly base: number
  /** Counts how often it was saved. */
  readonly revision: number
  /** How many definitions differ. */
  readonly count: number
  readonly changedBy: string
  readonly changedAt: string
}

/** A draft with what it changes. */
export interface WholeDraft extends DraftHead {
  readonly entries: readonly DraftEntry[]
}

/** What somebody saves of a draft: all of it, over the revision that they had. */
export interface DraftSave {
  readonly revision: number
  readonly base: number
  readonly entries: readonly unknown[]
}

const drafts = workspaceTable('_draft')
const limits = { name: 80, own: 50, entries: 1_000, editors: 50 }
const head = sql`id, name, author, editors, base, revision, json_array_length(entries) as count, changed_by as "changedBy",
  to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "changedAt"`

/** Drafts of a workspace: nobody sees one but its author and those whom they let in. */
@Injectable()
export class Drafts {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The drafts that the caller may open, the latest first. */
  list({ workspace, member }: Caller): Promise<DraftHead[]> {
    return rowsIn<DraftHead & Row>(
      this.database.pool,
      workspace.schema,
      sql`select ${head} from ${drafts} where ${member.id}::uuid in (select author union all select unnest(editors)) order by changed_at desc, id`,
    )
  }

  /** A draft whole. Throws `NOT_FOUND` for one that the caller may not open. */
  open(caller: Caller, id: string): Promise<WholeDraft> {
    return this.find(this.database.pool, caller, id)
  }

  /** Begins a draft on the present version. Throws every issue of the input. */
  async begin(caller: Caller, name: string, entries: readonly unknown[]): Promise<WholeDraft> {
    const { workspace, member } = caller
    const known = (await this.list(caller)).filter(({ author }) => author === member.id)
    const title = name.trim()
    const tooMany = known.length >= limits.own ? [atMost('', limits.own)] : []
    refuse([...nameIssues(title, limits.name), ...entryIssues(entries), ...tooMany])
    const id = newId()
    await rowsIn(
      this.database.pool,
      workspace.schema,
      sql`insert into ${drafts} (id, name, author, editors, base, revision, entries, changed_by, created_at, changed_at)
        values (${id}::uuid, ${title}, ${member.id}::uuid, '{}', ${await newestNumber(this.database.pool, workspace.schema)}, 1,
          ${JSON.stringify(entries)}::json, ${member.id}::uuid, clock_timestamp(), clock_timestamp())`,
    )
    return this.open(caller, id)
  }

  /**
   * Saves a draft. Throws every issue of the input; `CONFLICT` when somebody saved another revision meanwhile, which is then to be read and brought together;
   * `NOT_FOUND` for one that the caller may not open.
   */
  async save(caller: Caller, id: string, { revision, base, entries }: DraftSave): Promise<DraftHead> {
    refuse(entryIssues(entries))
    const { schema } = caller.workspace
    return inTransaction(this.database.pool, async client => {
      await this.find(client, caller, id)
      if (base < 0 || base > (await newestNumber(client, schema))) refuse([issue('VERSION_UNKNOWN', 'base', { version: base })])
      const rows = await rowsIn<DraftHead & Row>(
        client,
        schema,
        sql`update ${drafts} set entries = ${JSON.stringify(entries)}::json, base = ${base}, revision = revision + 1,
            changed_by = ${caller.member.id}::uuid, changed_at = clock_timestamp()
          where id = ${id}::uuid and revision = ${revision} returning ${head}`,
      )
      const [saved] = rows
      if (!saved) throw new RequestError('CONFLICT', [issue('DRAFT_STALE', 'revision')])
      return saved
    })
  }

  /** Names a draft, and says who works on it beside its author. Throws `NOT_FOUND` unless it is the caller's own. */
  async describe(caller: Caller, id: string, name: string, editors: readonly string[]): Promise<DraftHead> {
    const { workspace, member } = caller
    const title = name.trim()
    const others = [...new Set(editors)].filter(editor => editor !== member.id)
    refuse([...nameIssues(title, limits.name), ...(others.length > limits.editors ? [atMost('editors', limits.editors)] : [])])
    const known = await rowsIn<{ id: string }>(
      this.database.pool,
      workspace.schema,
      sql`select id from ${workspaceTable('_member')} where id = any(${others.filter(isId)}::uuid[])`,
    )
    refuse(others.flatMap(editor => (known.some(({ id: found }) => found === editor) ? [] : [issue('RECORD_NOT_FOUND', 'editors')])))
    const [changed] = isId(id)
      ? await rowsIn<DraftHead & Row>(
          this.database.pool,
          workspace.schema,
          sql`update ${drafts} set name = ${title}, editors = ${others}::uuid[] where id = ${id}::uuid and author = ${member.id}::uuid returning ${head}`,
        )
      : []
    return changed ?? absent()
  }

  /** Throws a draft away. Throws `NOT_FOUND` unless it is the caller's own. */
  async discard({ workspace, member }: Caller, id: string): Promise<void> {
    const gone = isId(id)
      ? await rowsIn(
          this.database.pool,
          workspace.schema,
          sql`delete from ${drafts} where id = ${id}::uuid and author = ${member.id}::uuid returning id`,
        )
      : []
    if (gone.length === 0) absent()
  }

  private async find(client: Queryable, { workspace, member }: Caller, id: string): Promise<WholeDraft> {
    const [draft] = isId(id)
      ? await rowsIn<WholeDraft & Row>(
          client,
          workspace.schema,
          sql`select ${head}, entries from ${drafts} where id = ${id}::uuid and ${member.id}::uuid in (select author union all select unnest(editors))`,
        )
      : []
    return draft ?? absent()
  }
}

interface Row {
  readonly [column: string]: unknown
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
}

function absent(): never {
  throw new RequestError('NOT_FOUND', [issue('RECORD_NOT_FOUND', 'id')])
}

/** What is no entry; definitions that are not sound may well stand in a draft. */
const entryIssues = (entries: readonly unknown[]): Issue[] => [
  ...(entries.length > limits.entries ? [atMost('entries', limits.entries)] : []),
  ...entries.flatMap((entry, at) => (isEntry(entry) ? [] : [noEntry(`entries/${at}`)])),
]

function isEntry(entry: unknown): entry is DraftEntry {
  if (typeof entry !== 'object' || entry === null) return false
  const { kind, name, before, after } = entry as Partial<Record<keyof DraftEntry, unknown>>
  const isIt = (definition: unknown) => {
    const element = elementOf(definition)
    return definition === null || (element?.kind === kind && element?.name === name)
  }
  return typeof kind === 'string' && typeof name === 'string' && isIt(before) && isIt(after) && (before !== null || after !== null)
}

const noEntry = (path: string): Issue =>
  issue('INPUT_INVALID', path, {
    problem: {
      en: 'An entry has kind, name, before and after, each a definition of this name or null.',
      'zh-CN': '每一项应有 kind、name、before 和 after，后两者是同名的定义或 null。',
    },
  })

const atMost = (path: string, max: number): Issue =>
  issue('INPUT_INVALID', path, { problem: { en: `There can be at most ${max} of these.`, 'zh-CN': `最多 ${max} 个。` } })
