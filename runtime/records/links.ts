import { issue } from '@tessera/platform/errors.js'
import { positionName } from '@tessera/platform/model/junctions.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { column, from, queryContext, unrestricted, visible } from '@tessera/platform/query/source.js'
import { asList, asObject, type Draft, type Linking, type Opened, type Opening } from '@tessera/platform/records/input.js'
import { type OpenedLinks, openLinks, type PresentLink } from '@tessera/platform/records/links.js'
import { fieldOfKey } from '@tessera/platform/records/values.js'
import { param, type Sql, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import type { Decided } from './complete.js'
import type { Prepared } from './decide.js'
import { readByKey } from './gather.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/**
 * The drafts of links that a request asks for. The records whose links they count to are locked first, in the order of their ids,
 * so that writers of the same links go one after the other, from whichever end they come.
 */
export async function openLinked(client: Queryable, { linking }: Opened, opening: Opening, context: WriteContext): Promise<OpenedLinks> {
  const drafts: Draft[] = []
  const issues: OpenedLinks['issues'][number][] = []
  for (const junction of junctionsOf(linking, context)) {
    const asked = linking.filter(({ child }) => child.through.junction === junction.name)
    const own = await named(client, asked, context)
    await lockNear(client, junction, own, context)
    for (const one of own) {
      const present = one.isNew ? [] : await presentLinks(client, junction, one, context)
      const opened = openLinks(one, present, opening)
      drafts.push(...opened.drafts)
      issues.push(...opened.issues)
    }
  }
  return { drafts, issues }
}

/** What is asked of links, with the ids of records that are named by a key; a key that names none stays, and is told later. */
async function named(client: Queryable, linking: readonly Linking[], context: WriteContext): Promise<Linking[]> {
  const keys = linking.flatMap(({ child, deeds }) =>
    ['link', 'replace'].flatMap(deed =>
      asList(deeds[deed]).flatMap(entry => Object.entries(asObject(asObject(entry).by)).map(pair => [child.object, ...pair] as const)),
    ),
  )
  const ids = new Map<string, string>()
  for (const [object, key, value] of keys) {
    const target = context.model.objects[object]
    const field = target && fieldOfKey(target, key)
    const found = target && field ? await readByKey(client, target, field, [value], context) : new Map<string, string[]>()
    const [id, ...others] = found.get(String(value)) ?? []
    if (id !== undefined && others.length === 0) ids.set(`${object} ${key} ${String(value)}`, id)
  }
  return linking.map(one => ({
    ...one,
    deeds: Object.fromEntries(Object.entries(one.deeds).map(([deed, list]) => [deed, withIds(list, one.child.object, ids)])),
  }))
}

const withIds = (list: unknown, object: string, ids: ReadonlyMap<string, string>): unknown =>
  Array.isArray(list)
    ? list.map((entry: unknown) => {
        const { by, ...rest } = asObject(entry)
        const [[key, value] = ['', undefined]] = Object.entries(asObject(by))
        const id = ids.get(`${object} ${key} ${String(value)}`)
        return id === undefined ? entry : { ...rest, id }
      })
    : list

const junctionsOf = (linking: readonly Linking[], { model }: WriteContext): ObjectModel[] =>
  [...new Set(linking.map(({ child }) => child.through.junction))].flatMap(name => model.objects[name] ?? [])

async function lockNear(client: Queryable, junction: ObjectModel, linking: readonly Linking[], context: WriteContext): Promise<void> {
  const near = context.model.objects[junction.junction?.object ?? '']
  if (!near) return
  const ids = linking.flatMap(one => (one.child.through.own === junction.junction?.near ? [one.parent] : namedIn(one)))
  const known = [...new Set(ids)].filter(id => /^[0-9a-f-]{36}$/.test(id))
  await rowsOf(
    client,
    sql`select t.id from ${from(near, 't')} where t.id = any(${param(known)}::uuid[]) order by t.id for no key update of t`,
    context,
  )
}

/** The ids of the records that a request names at the other end. */
const namedIn = ({ deeds }: Linking): string[] =>
  ['link', 'replace', 'unlink'].flatMap(deed =>
    asList(deeds[deed]).map(entry => String(typeof entry === 'string' ? entry : (asObject(entry).id ?? '')).toLowerCase()),
  )

/** The live links of a record whose two ends the writer may see. */
async function presentLinks(
  client: Queryable,
  junction: ObjectModel,
  { child: { through }, parent }: Linking,
  context: WriteContext,
): Promise<PresentLink[]> {
  const [own, other, position] = [junction.fields[through.own], junction.fields[through.other], junction.fields[positionName]]
  if (!own || !other) return []
  const query = queryContext(context.model, context.profile?.conditions ?? unrestricted, context.profile?.model ?? context.model)
  const place: Sql = through.ordered && position ? column(position, 't') : sql`null::integer`
  return rowsOf<{ id: string; target: string; position: number | null }>(
    client,
    sql`select t.id, ${column(other, 't')} as target, ${place} as position from ${from(junction, 't')} where ${column(own, 't')} = ${parent}::uuid and ${visible(junction, 't', query)} order by t.id`,
    context,
  )
}

/** Refuses links beyond what a record may have, in all or with one label. The record is locked by whoever wrote through its field. */
export async function checkLimits(
  client: Queryable,
  prepared: readonly Prepared[],
  decided: readonly Decided[],
  context: WriteContext,
): Promise<void> {
  for (const junction of new Set(decided.map(({ change }) => change.object))) {
    const { max = null, limits = {} } = junction.junction ?? {}
    if (max === null && Object.keys(limits).length === 0) continue
    await checkJunction(client, junction, prepared, decided, context)
  }
}

async function checkJunction(
  client: Queryable,
  junction: ObjectModel,
  prepared: readonly Prepared[],
  decided: readonly Decided[],
  context: WriteContext,
): Promise<void> {
  const { max = null, limits = {}, near = '' } = junction.junction ?? {}
  const field = junction.fields[near]
  const label = junction.fields.label
  if (!field) return
  const changes = decided.filter(({ change }) => change.object === junction).map(({ change }) => change)
  const parents = [...new Set(changes.map(({ after }) => String(after[field.key])))]
  const shown = label && Object.keys(limits).length > 0 ? column(label, 't') : sql`null::text`
  const rows = await rowsOf<{ parent: string; label: string | null }>(
    client,
    sql`select ${column(field, 't')} as parent, ${shown} as label from ${from(junction, 't')} where ${column(field, 't')} = any(${param(parents)}::uuid[]) and t.deleted_at is null and t.id <> all(${param(changes.map(({ id }) => id))}::uuid[])`,
    context,
  )
  const after = changes
    .filter(({ deed }) => deed !== 'deleted')
    .map(({ id, after: values }) => ({ id, parent: String(values[field.key]), label: (values.label as string | null | undefined) ?? null }))
  for (const one of after) {
    const all = [...rows, ...after].filter(({ parent }) => parent === one.parent)
    const limit = one.label === null ? undefined : limits[one.label]
    const complain = (most: number) =>
      prepared
        .find(({ draft }) => draft.id === one.id)
        ?.issues.push(
          issue('LINKS_TOO_MANY', prepared.find(({ draft }) => draft.id === one.id)?.draft.path ?? '', {
            max: most,
            links: junction.label,
          }),
        )
    if (max !== null && all.length > max) complain(max)
    else if (limit !== undefined && all.filter(other => other.label === one.label).length > limit) complain(limit)
  }
}
