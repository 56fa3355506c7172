import { may } from '@tessera/platform/access/profile.js'
import type { ActionName } from '@tessera/platform/definitions/role.js'
import { type Issue, issueUnder } from '@tessera/platform/errors.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { type Draft, type Opening, openRows, type RowInput } from '@tessera/platform/records/input.js'
import { newId } from '../database/id.js'
import type { Queryable } from '../database/queryable.js'
import { RequestError } from '../request-error.js'
import { checkLinks } from './check-links.js'
import { complete } from './complete.js'
import { checkTransfers } from './cover.js'
import { decideCreate, decideUpdate, forbidden, type Prepared, prepare } from './decide.js'
import { deleteDrafts } from './delete.js'
import { readPresent, withEdits } from './gather.js'
import type { HandedOver } from './hand-over.js'
import { keepUnseen } from './keep-unseen.js'
import { checkLimits, openLinked } from './links.js'
import type { Beside } from './merge.js'
import type { NumberBlocks } from './number-blocks.js'
import { drawNumbers } from './numbers.js'
import { openReplaced } from './replace.js'
import { mayGive, takeTransitions } from './transition.js'
import type { Outcome, RowIssue, WriteContext } from './write-context.js'

/** What the steps of a write need beside its transaction. */
export interface Works {
  readonly blocks: NumberBlocks
  /** Whether the statements of a write are folded into one. */
  readonly folds: boolean
}

const nothingBeside: Beside = { gone: [], follow: async () => ({ prepared: [], decided: [] }) }

/** Throws `FORBIDDEN` when the writer's grants have no such action on an object. */
export function authorize(object: ObjectModel, action: ActionName, { profile }: WriteContext): void {
  if (profile && !may(profile, action, object.name)) throw new RequestError('FORBIDDEN', [forbidden(object, action, '')])
}

/**
 * Takes the rows of a request through all steps, in the writer's transaction: open → lock and read → check → decide → write set-wise.
 * @param beside what else goes through the steps with them
 * @returns the ids by row, and the issues, with which nothing may be kept
 */
export async function takeThrough(
  client: Queryable,
  object: ObjectModel,
  rows: readonly RowInput[],
  context: WriteContext,
  works: Works,
  beside: Beside = nothingBeside,
): Promise<Outcome> {
  for (const action of new Set(rows.map(row => row.action))) authorize(object, action, context)
  const opening: Opening = { model: context.model, newId, mayWrite: field => mayGive(field, context) }
  const opened = openRows(object, rows, opening)
  const linked = await openLinked(client, opened, opening, context)
  const issues: RowIssue[] = [...opened.issues, ...linked.issues].map(({ row, issue: found }) => ({ row, id: null, issue: found }))
  const drafts = [...opened.drafts, ...(await openReplaced(client, opened, context)), ...linked.drafts]
  const prepared = drafts.map(draft => prepare(draft, context))
  await checkLinks(client, [...prepared, ...beside.gone], context)
  const first = await decideAll(client, prepared, context, works)
  const own = await takeTransitions(client, prepared, first.decided, context)
  const following = await beside.follow(own)
  const [all, decided] = [
    [...prepared, ...first.prepared, ...following.prepared],
    [...own, ...following.decided],
  ]
  await checkLimits(client, all, decided, context)
  const completed = await complete(client, all, issues.length === 0 ? decided : [], context, works.folds)
  const made = new Map(drafts.filter(draft => draft.path === '' && draft.object === object).map(draft => [draft.row, draft.id]))
  const ids = rows.map((_, index) => made.get(index) ?? null)
  return { ids, versions: ids.map(id => completed.versionOf(object, id)), issues: [...issues, ...completed.issues] }
}

/** Decides in groups of one object and action, in the order of the drafts; gives also the drafts of what follows from deletions. */
async function decideAll(client: Queryable, prepared: readonly Prepared[], context: WriteContext, works: Works): Promise<HandedOver> {
  const all: HandedOver[] = []
  for (const group of groupsOf(prepared)) {
    const [{ draft: first } = { draft: undefined }] = group
    if (!first) continue
    const refused = refusalOf(first, context)
    if (refused) for (const entry of group) entry.issues.push(issueUnder(entry.draft.path, refused))
    else all.push(await decideGroup(client, first, group, prepared, context, works))
  }
  return { prepared: all.flatMap(one => one.prepared), decided: all.flatMap(one => one.decided) }
}

async function decideGroup(
  client: Queryable,
  { object, action }: Draft,
  group: readonly Prepared[],
  all: readonly Prepared[],
  context: WriteContext,
  { blocks }: Works,
): Promise<HandedOver> {
  if (action === 'delete') return deleteDrafts(client, object, group, context)
  if (action === 'create') {
    const sound = group.filter(entry => entry.issues.length === 0).map(entry => entry.values)
    await drawNumbers(object, sound, { client, blocks, context, prepared: all })
    return { prepared: [], decided: group.map(entry => ({ change: decideCreate(entry), row: entry.draft.row })) }
  }
  const ids = group.map(entry => entry.draft.id)
  const versions = new Map(group.flatMap(({ draft }) => (draft.version === null ? [] : [[draft.id, draft.version] as const])))
  const present = await withEdits(client, await readPresent(client, object, ids, 'update', context), versions, context)
  await checkTransfers(client, object, group, context)
  await keepUnseen(client, object, group, present, context)
  const decided = group.flatMap(entry => {
    const change = decideUpdate(entry, present)
    return change ? [{ change, row: entry.draft.row }] : []
  })
  return { prepared: [], decided }
}

const refusalOf = (draft: Draft, { profile }: WriteContext): Issue | null =>
  profile && !may(profile, draft.action, draft.object.name) ? forbidden(draft.object, draft.action, '') : null

function groupsOf(prepared: readonly Prepared[]): Prepared[][] {
  const groups: Prepared[][] = []
  for (const entry of prepared) {
    const last = groups.at(-1)
    const [first] = last ?? []
    if (last && first && first.draft.object === entry.draft.object && first.draft.action === entry.draft.action) last.push(entry)
    else groups.push([entry])
  }
  return groups
}
