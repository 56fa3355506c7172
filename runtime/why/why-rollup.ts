import { type Locale, labelOf } from '@tessera/platform/label.js'
import { withoutMasked } from '@tessera/platform/model/masked.js'
import type { FieldModel, ObjectModel, RollupModel } from '@tessera/platform/model/model.js'
import { column, from, queryContext, ruleScope, visible } from '@tessera/platform/query/source.js'
import type { WhyLine } from '@tessera/platform/records/explanation.js'
import { type Explaining, ruleNaming } from '@tessera/platform/records/rule-naming.js'
import type { Values } from '@tessera/platform/records/values.js'
import { valueText } from '@tessera/platform/records/wording.js'
import { lookup } from '@tessera/platform/registry.js'
import { toSql } from '@tessera/platform/rules/sql-reading.js'
import { ruleWords } from '@tessera/platform/rules/words.js'
import { param, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import type { Related } from '../records/related.js'
import { readingOf, rowsOf } from '../records/run.js'
import { downSql } from '../records/tree-rollups.js'
import type { WriteContext } from '../records/write-context.js'
import { titleText } from './telling.js'

/** Of how many children an explanation tells the values. */
const mostTold = 5

/** The children that a rollup gathers, as a list can be filtered to them. */
export interface GatheredRows {
  readonly object: string
  /** Their relation to the record. */
  readonly field: string
  readonly count: number
}

const functions: Readonly<Record<RollupModel['function'], Readonly<Record<Locale, string>>>> = {
  count: { en: 'Number of {rows}', 'zh-CN': '{rows}的数量' },
  countDistinct: { en: 'Number of different {field} of {rows}', 'zh-CN': '{rows}中不同{field}的数量' },
  sum: { en: 'Sum of {field} of {rows}', 'zh-CN': '{rows}的{field}之和' },
  avg: { en: 'Average {field} of {rows}', 'zh-CN': '{rows}的{field}平均值' },
  min: { en: 'Least {field} of {rows}', 'zh-CN': '{rows}中最小的{field}' },
  max: { en: 'Greatest {field} of {rows}', 'zh-CN': '{rows}中最大的{field}' },
  first: { en: 'First {field} of {rows}', 'zh-CN': '{rows}中第一个{field}' },
  last: { en: 'Last {field} of {rows}', 'zh-CN': '{rows}中最后一个{field}' },
  concat: { en: '{field} of all {rows}', 'zh-CN': '全部{rows}的{field}' },
  exists: { en: 'Whether there are {rows}', 'zh-CN': '是否有{rows}' },
}

const texts = {
  only: { en: 'Only those for which', 'zh-CN': '只计入满足条件的' },
  count: { en: 'Records that you see', 'zh-CN': '你能看到的记录' },
  more: { en: '{count} more', 'zh-CN': '另有 {count} 条' },
  unseen: { en: '{count} more that you may not see', 'zh-CN': '另有 {count} 条你无权查看' },
} as const

const line = (level: number, text: string, value: string | null = null): WhyLine => ({ level, text, value, holds: null, remark: null })
const counted = (text: string, count: number): string => text.replace('{count}', String(count))

/**
 * How a rollup comes about: what it does with which children, how many there are, and the first of them with their values.
 * @returns null where the caller may not see the children or what is taken of them
 */
export async function whyRollup(
  client: Queryable,
  field: FieldModel,
  rollup: RollupModel,
  values: Values,
  related: Related,
  telling: Explaining,
  context: WriteContext,
): Promise<{ readonly lines: readonly WhyLine[]; readonly rows: GatheredRows | null } | null> {
  const { model, profile } = context
  const child = lookup(model.objects, rollup.object)
  const seen = lookup((profile?.model ?? model).objects, rollup.object)
  const taken = rollup.field === null ? null : (child?.fields[rollup.field] ?? null)
  const told = (name: string) => lookup(withoutMasked(profile?.model ?? model).objects[rollup.object]?.fields ?? {}, name) !== undefined
  if (!child || !seen || (taken && !told(taken.name))) return null
  const { locale } = telling
  const own = lookup(model.objects, field.object) ?? child
  const value = valueText(field, [field.name], related.judged(own, values, values), context.currency, locale)
  const { rows, seenCount, count } = await readRows(client, child, rollup, String(values.id), context)
  const title = told(child.title) ? child.fields[child.title] : undefined
  const lines = rows.map(row => {
    const name = title ? titleText(title, child, row, { related, context, locale }) : labelOf(child.label, locale)
    return line(1, name, taken ? valueText(taken, [taken.name], related.judged(child, row, row), context.currency, locale) : null)
  })
  const rest = seenCount - rows.length
  return {
    lines: [
      line(0, functionText(rollup, taken, child, locale), value),
      ...whereLines(rollup, child, seen, related, telling),
      line(1, labelOf(texts.count, locale), String(seenCount)),
      ...lines,
      ...(rest > 0 ? [line(1, counted(texts.more[locale], rest))] : []),
      ...(count > seenCount ? [line(1, counted(texts.unseen[locale], count - seenCount))] : []),
    ],
    rows: rollup.tree ? null : { object: child.name, field: rollup.relation, count: seenCount },
  }
}

const functionText = (rollup: RollupModel, taken: FieldModel | null, child: ObjectModel, locale: Locale): string =>
  functions[rollup.function][locale].replace('{field}', labelOf(taken?.label, locale)).replace('{rows}', labelOf(child.pluralLabel, locale))

/** Which children count; names that the caller may not see are “…”. */
function whereLines({ where }: RollupModel, child: ObjectModel, seen: ObjectModel, related: Related, telling: Explaining): WhyLine[] {
  if (!where) return []
  const isShown = (path: readonly string[]) => lookup(seen.fields, path[0] ?? '') !== undefined
  const judged = related.judged(child, null, {})
  const naming = ruleNaming(child, { ...telling, isShown }, judged.moment, judged)
  return [line(1, `${labelOf(texts.only, telling.locale)}: ${ruleWords(where, naming)}`)]
}

/** The first children that count and that the caller sees, how many of these there are, and how many in all. */
async function readRows(client: Queryable, child: ObjectModel, rollup: RollupModel, parent: string, context: WriteContext) {
  const { model, profile } = context
  const relation = child.fields[rollup.relation]
  if (!relation) return { rows: [], seenCount: 0, count: 0 }
  const all = queryContext(model, { of: () => null })
  const own = queryContext(model, profile?.conditions ?? { of: () => null }, profile?.model ?? model)
  const where = rollup.where ? sql`and ${toSql(rollup.where, ruleScope(child, 't', all))}` : sql``
  const { columns, valuesOf } = readingOf(child, 't')
  const seen = visible(child, 't', own)
  // of a tree all below, at any depth
  const down = rollup.tree ? sql`${downSql(child, relation, [parent], [], new Map())} ` : sql``
  const source = rollup.tree ? sql`${from(child, 't')} join down on down.id = t.id` : from(child, 't')
  const isOwn = rollup.tree ? sql`true` : sql`${column(relation, 't')} = ${param(parent)}::uuid`
  const isHis = sql`${isOwn} and t.deleted_at is null ${where}`
  const found = await rowsOf<Record<string, unknown>>(
    client,
    sql`${down}select ${columns} from ${source} where ${isHis} and ${seen} order by t.id limit ${mostTold}`,
    context,
  )
  const [counts] = await rowsOf<{ seen: string; every: string }>(
    client,
    sql`${down}select count(*) filter (where ${seen}) as seen, count(*) as every from ${source} where ${isHis}`,
    context,
  )
  return { rows: found.map(valuesOf), seenCount: Number(counts?.seen ?? 0), count: Number(counts?.every ?? 0) }
}
