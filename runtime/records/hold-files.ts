import { type Issue, issue, joinPath } from '@tessera/platform/errors.js'
import { takesFile } from '@tessera/platform/fields/file.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { onceFor } from '@tessera/platform/once-for.js'
import { param, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import type { Prepared } from './decide.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

interface Use {
  readonly entry: Prepared
  readonly field: FieldModel
  /** The ids of the files, in their order; none when the field is emptied. */
  readonly ids: readonly string[]
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
export async function holdFiles(client: Queryable, prepared: readonly Prepared[], context: WriteContext): Promise<void> {
  const uses = prepared.filter(entry => entry.draft.action !== 'delete').flatMap(usesOf)
  if (uses.length === 0) return
  const ids = [...new Set(uses.flatMap(use => use.ids))]
  const rows = await rowsOf<FileRow>(
    client,
    sql`select id, name, type, size, record, field, created_by from ${files} where id = any(${param(ids)}::uuid[]) and size >= 0 order by id for update`,
    context,
  )
  const found = new Map(rows.map(row => [row.id, row]))
  const taken = new Set<string>()
  for (const use of uses) {
    const { entry, field } = use
    const problems = use.ids.flatMap(id => (taken.has(id) ? issue('FILE_UNKNOWN', '') : (problemOf(use, found.get(id), context) ?? [])))
    // one of each kind: a field with many files says once what is wrong with some of them
    const told = new Map(problems.map(problem => [problem.code, { ...problem, path: joinPath(entry.draft.path, field.key) }]))
    entry.issues.push(...told.values())
    if (problems.length === 0) await hold(client, use, context)
    for (const id of use.ids) taken.add(id)
  }
}

const filesOf = onceFor((object: ObjectModel) =>
  Object.values(object.fields).filter(field => field.class.name === 'file' || field.class.name === 'files'),
)

const usesOf = (entry: Prepared): Use[] =>
  filesOf(entry.draft.object).flatMap(field => {
    const value = entry.values[field.key]
    if (value === undefined) return []
    return [{ entry, field, ids: (Array.isArray(value) ? value : [value]).filter(id => typeof id === 'string') }]
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

async function hold(client: Queryable, { entry, field, ids }: Use, context: WriteContext): Promise<void> {
  const column = field.columns[0]?.name ?? ''
  if (entry.draft.action === 'update')
    await rowsOf(
      client,
      sql`update ${files} set record = null where record = ${entry.draft.id}::uuid and field = ${column} and id <> all(${param(ids)}::uuid[])`,
      context,
    )
  if (ids.length > 0)
    await rowsOf(
      client,
      sql`update ${files} set object = ${entry.draft.object.table}, record = ${entry.draft.id}::uuid, field = ${column} where id = any(${param(ids)}::uuid[])`,
      context,
    )
}
