import type { ObjectModel } from '../model/model.js'
import { lookup } from '../registry.js'
import { any, join, literal, name, replaceSlots, Slot, type Sql, sql } from '../sql/sql.js'
import { chosen } from './filter.js'
import type { Choice, RecordPlan, Where } from './plan.js'
import { recordSql } from './select.js'
import { from, objectOf, type QueryContext, visible } from './source.js'

/** What somebody follows: records of an object that fit a filter, and what is shown of them when they change. */
export interface FollowPlan {
  readonly object: string
  readonly where: Where | null
  /** One for each place that shows the record. */
  readonly records: readonly RecordPlan[]
}

/** One statement that answers for many askers about many events at once. */
export interface FollowStatement {
  readonly piece: Sql
  /** What differs between askers, in the order of the values of each in `context.askers`. */
  readonly slots: readonly Slot[]
}

/**
 * Judges events for all who follow by one plan. What belongs to an asker alone (who they are, their variables) comes in as a row of
 * `context.askers` (JSON: `n`, and `s0`, `s1` … as texts), the events as `context.events` (JSON: `i`, the `id` of the record, and its columns
 * `before`, or null when it was not there; `given` and `taken` are what happened to its shares (ids; `grantee` and `level`). Where nothing happened
 * to the record itself `links` are those that were made or taken away: `by` is the child, `other` the record at the far end. Then only who sees one
 * of them is told, or who saw the record before and does not now, or the other way round).
 * A row `n i was data` tells whether the record was among the asker's before, and what is shown of it now; neither: no row.
 */
export function changesSql(plan: FollowPlan, context: QueryContext): FollowStatement {
  const object = objectOf(context, plan.object)
  const choice: Choice = { object: object.name, where: plan.where, search: null, deleted: 'NO' }
  const [before, now] = [context.alias(), context.alias()]
  const earlier = { record: name('event', 'id'), given: name('event', 'given'), taken: name('event', 'taken') }
  const was = sql`"event"."before" is not null and exists (
    select from (select 1) "_one" left join ${from(object, '_row')} on "_row"."id" = "event"."id"
      cross join lateral jsonb_populate_record("_row", "event"."before") ${name(before)} where ${chosen(choice, before, { ...context, earlier })})`
  const shown = join(plan.records.map(record => recordSql(record, now, sql``, context)))
  const is = sql`select json_build_array(${shown})::text as "data" from ${from(object, now)} where ${name(now, 'id')} = "event"."id" and ${chosen(choice, now, context)}`
  const slots: Slot[] = []
  const ofAsker = (piece: Sql) =>
    replaceSlots(piece, slot => {
      if (!slots.includes(slot)) slots.push(slot)
      return name('asker', `s${slots.indexOf(slot)}`)
    })
  const [judged, answered, told] = [ofAsker(was), ofAsker(is), ofAsker(linkSeen(object, context))]
  const columns = join([sql`"n" integer`, ...slots.map((_, index) => sql`${name(`s${index}`)} text`)])
  const given = (key: string) => new Slot(env => env.context[key])
  return {
    slots,
    piece: sql`select "asker"."n", "event"."i", "judged"."was", "shown"."data"
      from json_to_recordset(${given('askers')}::json) as "asker"(${columns})
      cross join json_to_recordset(${given('events')}::json) as "event"("i" integer, "id" uuid, "before" jsonb, "links" jsonb, "given" uuid[], "taken" jsonb)
      cross join lateral (select ${judged} as "was") "judged"
      left join lateral (${answered}) "shown" on true
      where ("judged"."was" or "shown"."data" is not null) and ("event"."links" is null or "judged"."was" <> ("shown"."data" is not null) or exists (
        select from jsonb_to_recordset("event"."links") "link"("by" text, "other" uuid) where ${told}))`,
  }
}

/** The condition that an asker may see a link: it belongs to a child of theirs, and they see the record at its other end, also when that is deleted. */
function linkSeen(object: ObjectModel, context: QueryContext): Sql {
  const linked = Object.values(lookup(context.shown.objects, object.name)?.children ?? {}).filter(({ through }) => through)
  return any(
    linked.map(child => {
      const [target, alias] = [objectOf(context, child.object), context.alias()]
      return sql`("link"."by" = ${literal(child.name)} and exists (select from ${from(target, alias)} where ${name(alias, 'id')} = "link"."other" and ${visible(target, alias, context, 'WITH')}))`
    }),
  )
}

/** A value as PostgreSQL reads it from a text, whatever type it is cast to; lists as its own literals. */
export function textOfValue(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return `{${value.map(item => (item === null ? 'NULL' : quoted(textOfValue(item) ?? ''))).join()}}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
