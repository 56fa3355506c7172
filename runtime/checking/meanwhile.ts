import type { Label } from '@tessera/platform/label.js'
import type { Change } from '@tessera/platform/model/changes.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { from, queryContext, shown, visible } from '@tessera/platform/query/source.js'
import { lookup } from '@tessera/platform/registry.js'
import { integer, name, sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import type { Database } from '../database/database.js'
import { type RequestContext, slotsOf } from '../graphql/request-context.js'
import { isMoved, placed } from '../publishing/losses.js'
import type { Decided } from '../publishing/publisher.js'
import { askWithin, Patience, type Unchecked } from './within-time.js'

const mostCounted = 10_000
const mostNamed = 5

/** What was written since the version to which one goes back, in something that it did not have like that. */
export interface Meanwhile {
  /** `hides`: it goes, with what was written in it; `converts`: it is written back in its former type; `returns`: records that came since have nothing in it. */
  readonly kind: 'hides' | 'converts' | 'returns'
  readonly path: string
  readonly object: string
  readonly title: Label
  readonly count: number | null
  readonly isMore: boolean
  readonly unchecked: Unchecked | null
  /** The last ones. */
  readonly examples: readonly { readonly id: string; readonly title: string | null; readonly at: string }[]
}

/**
 * What was written since a version, as far as the caller sees it.
 * @param to the number of the version that one goes back to
 */
export async function writtenSince(to: number, decided: Decided, database: Database, context: RequestContext): Promise<Meanwhile[]> {
  const patience = new Patience(10_000)
  const found: Meanwhile[] = []
  for (const change of decided.way.changes) {
    const asked = askedOf(change, decided)
    if (asked) found.push(await count(asked, to, { database, context, patience }))
  }
  return found.filter(({ count, unchecked }) => unchecked !== null || (count ?? 0) > 0)
}

interface AskedOf extends Pick<Meanwhile, 'kind' | 'path' | 'title'> {
  /** The object of the present model. */
  readonly object: ObjectModel
  /** Null for a whole object. */
  readonly field: FieldModel | null
}

function askedOf({ do: deed, kind, path, title, field }: Change, { before, way }: Decided): AskedOf | null {
  const named = lookup(before.objects, path.split('/')[1] ?? '')
  if (kind === 'object' && deed === 'remove' && named) return { kind: 'hides', path, title, object: named, field: null }
  const [old, next] = [field?.before ? placed(field.before, before) : null, field?.after ? placed(field.after, way.model) : null]
  const object = lookup(before.objects, old?.object ?? '')
  if (old && object && old.columns.length > 0 && old.writable) {
    if (deed === 'remove') return { kind: 'hides', path, title, object, field: old }
    if (next && isMoved(old, next)) return { kind: 'converts', path, title, object, field: old }
  }
  const holder = next && Object.values(before.objects).find(({ table }) => table === lookup(way.model.objects, next.object)?.table)
  return deed === 'return' && next && holder && next.writable ? { kind: 'returns', path, title, object: holder, field: null } : null
}

interface Asking {
  readonly database: Database
  readonly context: RequestContext
  readonly patience: Patience
}

async function count({ object, field, ...told }: AskedOf, to: number, { database, context, patience }: Asking): Promise<Meanwhile> {
  const { live, profile, caller } = context
  const nothing: Meanwhile = { ...told, object: object.name, count: null, isMore: false, unchecked: 'hidden', examples: [] }
  const seen = lookup(profile.model.objects, object.name)
  const whole = lookup(live.model.objects, object.name)
  if (!seen || !whole || (field && !lookup(seen.fields, field.name))) return nothing
  const query = queryContext(live.model, profile.conditions, profile.model)
  const title = lookup(seen.fields, object.title)
  const since = sql`(select min(v.published_at) from ${workspaceTable('_version')} v where v.number > ${to}::integer)`
  // a record that was changed since is one whose last change is later, so that not all of history is looked through
  const wrote = sql`exists (select from ${workspaceTable('_history')} h where h.record = t.id and h.at >= (select at from since) and h.object = ${object.name}
    and (h.after -> ${field?.key ?? ''}) is not null)`
  const holds =
    told.kind === 'returns'
      ? sql`t.created_at >= (select at from since)`
      : field
        ? sql`t.updated_at >= (select at from since) and ${name('t', field.columns[0]?.name ?? '')} is not null and ${wrote}`
        : sql`t.updated_at >= (select at from since)`
  const answer = await askWithin<{ count: number; examples: Meanwhile['examples'] }>(
    database,
    caller.workspace.schema,
    sql`with since as materialized (select ${since} as at), found as materialized (
        select t.id, ${title ? sql`(${shown(whole.fields[title.name] ?? title, 't', query)})::text` : sql`null::text`} as title, t.updated_at as at
        from ${from(whole, 't')} where ${visible(whole, 't', query)} and ${holds} limit ${integer(mostCounted + 1)})
      select count(*)::int as count, (select coalesce(json_agg(json_build_object('id', f.id, 'title', f.title, 'at', f.at)), '[]'::json)
        from (select * from found order by at desc, id limit ${integer(mostNamed)}) f) as examples from found`,
    slotsOf(context),
    patience.left(2_500),
  )
  if ('unchecked' in answer) return { ...nothing, unchecked: answer.unchecked }
  const number = answer.rows[0]?.count ?? 0
  const examples = told.kind === 'returns' ? [] : (answer.rows[0]?.examples ?? [])
  return { ...nothing, count: Math.min(number, mostCounted), isMore: number > mostCounted, unchecked: null, examples }
}
