import type { ObjectModel, ValidationModel } from '@tessera/platform/model/model.js'
import { from, queryContext, ruleScope, unrestricted, visible } from '@tessera/platform/query/source.js'
import { type Unaskable, unaskable } from '@tessera/platform/records/askable-rules.js'
import { toSql } from '@tessera/platform/rules/sql-reading.js'
import { any, integer, join, name, nothing, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** Of each rule, so many of the records that break it are named. */
const mostNamed = 100

/** The records of a page that break a rule, or why they cannot be asked. */
export interface RuleBreak {
  readonly rule: ValidationModel
  readonly unaskable: Unaskable | null
  readonly count: number
  /** The first of them. */
  readonly ids: readonly string[]
}

/** What a page of records came to. */
export interface RuleBreaks {
  readonly rules: readonly RuleBreak[]
  /** How many records were looked at. */
  readonly looked: number
  /** The record behind which to go on; null when all were looked at. */
  readonly next: string | null
}

/**
 * Asks a page of the records that the caller sees, in the order of their ids, which of them break a validation rule as they are now.
 * @param after the record behind which to begin; null is the beginning
 * @param first how many records are looked at
 */
export async function findRuleBreaks(
  client: Queryable,
  object: ObjectModel,
  after: string | null,
  first: number,
  context: WriteContext,
): Promise<RuleBreaks> {
  const { model, profile } = context
  const shown = profile?.model ?? model
  const rules = object.rules.map(rule => ({ rule, unaskable: unaskable(rule, object, model.objects, shown.objects) }))
  const asked = rules.filter(one => one.unaskable === null).map(({ rule }) => rule)
  const rows = asked.length === 0 ? [] : await ask(client, object, asked, after, first, context)
  const found = rows.filter(({ id }) => id !== null)
  const breaks = rules.map(({ rule, unaskable: reason }): RuleBreak => {
    const at = asked.indexOf(rule)
    const ids = at < 0 ? [] : found.flatMap(({ id, broken }) => (id !== null && broken[at] === true ? [id] : []))
    return { rule, unaskable: reason, count: ids.length, ids: ids.slice(0, mostNamed) }
  })
  const [{ looked, last } = { looked: 0, last: null }] = rows
  return { rules: breaks, looked, next: looked === first ? last : null }
}

interface Row {
  /** Null in the one row that is there when no record breaks a rule. */
  readonly id: string | null
  readonly broken: readonly boolean[]
  readonly looked: number
  readonly last: string | null
  readonly [column: string]: unknown
}

function ask(
  client: Queryable,
  object: ObjectModel,
  rules: readonly ValidationModel[],
  after: string | null,
  first: number,
  context: WriteContext,
): Promise<Row[]> {
  const query = queryContext(context.model, context.profile?.conditions ?? unrestricted, context.profile?.model ?? context.model)
  const scope = ruleScope(object, 't', query)
  const broken = rules.map(({ must }) => sql`not coalesce(${toSql(must, scope)}, false)`)
  const beyond = after === null ? nothing : sql` and ${name('t', 'id')} > ${after}::uuid`
  const page = sql`select t.* from ${from(object, 't')} where ${visible(object, 't', query)}${beyond} order by t.id limit ${integer(first)}`
  return rowsOf<Row>(
    client,
    sql`with page as materialized (${page}),
      told as (select t.id, array[${join(broken)}] as broken from page t where ${any(broken)})
      select told.id, told.broken, p.looked, p.last
      from (select count(*)::int as looked, (select id from page order by id desc limit 1) as last from page) p
      left join told on true order by told.id`,
    context,
  )
}
