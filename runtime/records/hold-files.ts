import { type Issue, issue, joinPath } from '@tessera/platform/errors.js'
import { takesFile } from '@tessera/platform/fields/file.js'
import type { FieldModel } from '@tessera/platform/model/model.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { PoolClient } from 'pg'
import type { Prepared } from './decide.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

interface Use {
  readonly entry: Prepared
  readonly field: FieldModel
  /** The id of the file, null when the field is emptied. */
  readonly value: string | null
}

interface FileRow {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: string
  readonly record: string | null
  readonly field: string | null
  readonly created_by: string | null
  readonly [column: string]: unknown
}

const files = workspaceTable('_file')

/** Gives the files that drafts name to their records, and lets go of those that stood there before. A file has one holder; until then it belongs to whoever uploaded it. */
export async function holdFiles(client: PoolClient, prepared: readonly Prepared[], context: WriteContext): Promise<void> {
  const uses = prepared.filter(entry => entry.draft.action !== 'delete').flatMap(usesOf)
  if (uses.length === 0) return
  const ids = [...new Set(uses.flatMap(({ value }) => value ?? []))]
  const rows = await rowsOf<FileRow>(
    client,
    sql`select id, name, type, size, record, field, created_by from ${files} where id = any(${param(ids)}::uuid[]) and size >= 0 order by id for update`,
    context,
  )
  const found = new Map(rows.map(row => [row.id, row]))
  const taken = new Set<string>()
  for (const use of uses) {
    const { entry, field, value } = use
    const problem = value === null ? null : taken.has(value) ? issue('FILE_UNKNOWN', '') : problemOf(use, found.get(value), context)
    if (problem) entry.issues.push({ ...problem, path: joinPath(entry.draft.path, field.key) })
    else await hold(client, use, context)
    if (value !== null) taken.add(value)
  }
}

const usesOf = (entry: Prepared): Use[] =>
  Object.values(entry.draft.object.fields).flatMap(field => {
    const value = entry.values[field.key]
    return field.class.name === 'file' && value !== undefined ? [{ entry, field, value: typeof value === 'string' ? value : null }] : []
  })

function problemOf({ entry, field }: Use, file: FileRow | undefined, { profile, moment }: WriteContext): Issue | null {
  const isOwn = file?.record === null && (profile === null || file.created_by === moment.member?.id)
  const isHeld = file?.record === entry.draft.id && file.field === field.columns[0]?.name
  if (!file || !(isOwn || isHeld)) return issue('FILE_UNKNOWN', '')
  if (!takesFile(field.definition, file.name, file.type))
    return issue('FILE_TYPE', '', { field: field.label, accept: field.definition.accept ?? 'image/*' })
  const { maxSize } = field.definition
  return maxSize !== undefined && Number(file.size) > maxSize
    ? issue('FILE_TOO_LARGE', '', { field: field.label, max: Math.floor(maxSize / 1024) })
    : null
}

async function hold(client: PoolClient, { entry, field, value }: Use, context: WriteContext): Promise<void> {
  const column = field.columns[0]?.name ?? ''
  if (entry.draft.action === 'update')
    await rowsOf(
      client,
      sql`update ${files} set record = null where record = ${entry.draft.id}::uuid and field = ${column} and id is distinct from ${value}::uuid`,
      context,
    )
  if (value !== null)
    await rowsOf(
      client,
      sql`update ${files} set object = ${entry.draft.object.table}, record = ${entry.draft.id}::uuid, field = ${column} where id = ${value}::uuid`,
      context,
    )
}
