import { issue } from '@tessera/platform/errors.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { Draft } from '@tessera/platform/records/input.js'
import type { Queryable } from '../database/queryable.js'
import { complete } from './complete.js'
import { type Prepared } from './decide.js'
import { deleteDrafts } from './delete.js'
import { shownIssues } from './merge.js'
import { restoreDrafts, unseenHeld } from './restore.js'
import type { Outcome, WriteContext } from './write-context.js'

/**
 * Deletes or restores records with their lines, in the writer's transaction; with issues nothing may be kept.
 * @param successor the record that takes over, with a deletion, what is handed over
 */
export async function removeRecords(
  client: Queryable,
  object: ObjectModel,
  records: readonly { readonly id: string; readonly version: number | null }[],
  context: WriteContext,
  action: 'delete' | 'restore',
  folds: boolean,
  successor: string | null = null,
): Promise<Outcome> {
  const drafts = records.map(
    (record, row): Draft => ({
      object,
      action: 'delete',
      id: record.id,
      given: {},
      by: [],
      version: record.version,
      row,
      path: '',
      parent: null,
    }),
  )
  const prepared = drafts.map((draft): Prepared => ({ draft, values: {}, issues: [] }))
  const { decided, prepared: following } =
    action === 'delete'
      ? await deleteDrafts(client, object, prepared, context, successor)
      : await restoreDrafts(client, object, prepared, context)
  const { issues, versionOf } = await complete(client, [...prepared, ...following], decided, context, folds)
  const told =
    action === 'delete'
      ? await shownIssues(client, issues, issue('DELETE_HIDDEN', ''), context)
      : unseenHeld(issues, decided, object, context)
  return { ids: records.map(({ id }) => id), versions: records.map(({ id }) => versionOf(object, id)), issues: told }
}
