import { param, sql, workspaceTable } from '../sql/sql.js'
import type { Change, Circumstance } from './change.js'
import type { WriteStatement } from './write-statement.js'

/** What a deletion put into the bin of an object, by its table: the records that were asked for, and all with those that went along. */
export type BinCounts = Readonly<Record<string, { readonly roots: number; readonly all: number }>>

/**
 * The statements that keep the bin: what one write deletes is one group, what is restored leaves its group. Records that were merged are
 * not in the bin: they have their own way back.
 * @param newId the id of the group
 */
export function binStatements(changes: readonly Change[], { member, now, channel }: Circumstance, newId: () => string): WriteStatement[] {
  const deleted = changes.filter(({ deed, isMerged }) => deed === 'deleted' && !isMerged)
  const restored = changes.filter(({ deed }) => deed === 'restored')
  return [...(deleted.length > 0 ? intoBin(deleted) : []), ...(restored.length > 0 ? [outOfBin(restored)] : [])]

  function intoBin(gone: readonly Change[]): WriteStatement[] {
    const bin = newId()
    const ids = new Set(gone.map(({ id }) => id))
    const rows = gone.map(change => ({ object: change.object.table, record: change.id, root: !goesAlong(change, ids) }))
    return [
      {
        name: 'bin',
        expects: 1,
        sql: sql`insert into ${workspaceTable('_bin')} (id, at, actor, channel, counts)
          values (${bin}::uuid, ${now}::timestamptz, ${member}::uuid, ${channel}, ${JSON.stringify(countsOf(rows))}::json) returning id`,
      },
      {
        name: 'binned',
        expects: rows.length,
        sql: sql`insert into ${workspaceTable('_bin_record')} (object, record, bin, root)
          select x.object, x.record, ${bin}::uuid, x.root from json_to_recordset(${JSON.stringify(rows)}::json) as x(object text, record uuid, root boolean)
          on conflict (record, object) do update set bin = excluded.bin, root = excluded.root returning record`,
      },
    ]
  }
}

/** Whether a record is deleted because one that it hangs on is deleted in the same write. */
function goesAlong({ object, before }: Change, ids: ReadonlySet<string>): boolean {
  return Object.values(object.fields).some(field => {
    const rule = field.targets ? field.definition.onDelete : field.relation?.onDelete
    return rule === 'cascade' && ids.has(String(before?.[field.key]))
  })
}

function countsOf(rows: readonly { readonly object: string; readonly root: boolean }[]): BinCounts {
  const counts: Record<string, { readonly roots: number; readonly all: number }> = {}
  for (const { object, root } of rows) {
    const { roots, all } = counts[object] ?? { roots: 0, all: 0 }
    counts[object] = { roots: root ? roots + 1 : roots, all: all + 1 }
  }
  return counts
}

const outOfBin = (restored: readonly Change[]): WriteStatement => ({
  name: 'unbinned',
  expects: null,
  sql: sql`delete from ${workspaceTable('_bin_record')} where record = any(${param(restored.map(({ id }) => id))}::uuid[]) returning record`,
})
