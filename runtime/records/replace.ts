import type { Draft, Opened } from '@tessera/platform/records/input.js'
import type { Queryable } from '../database/queryable.js'
import { readLines } from './gather.js'
import type { WriteContext } from './write-context.js'

/** The deletions of lines that a `replace` leaves out: all that the parent has and the request does not name. */
export async function openReplaced(client: Queryable, { replaced, drafts }: Opened, context: WriteContext): Promise<Draft[]> {
  const kept = new Set(drafts.map(draft => draft.id))
  const deletions: Draft[] = []
  for (const { child, parent, row, path } of replaced) {
    const object = context.model.objects[child.object]
    const field = object?.fields[child.field]
    if (!object || !field) continue
    const lines = await readLines(client, object, field, [parent], context)
    for (const id of lines.get(parent) ?? []) {
      if (!kept.has(id))
        deletions.push({
          object,
          action: 'delete',
          id,
          given: {},
          by: [],
          version: null,
          row,
          path: `${path}/replace`,
          parent: { field, id: parent },
        })
    }
  }
  return deletions
}
