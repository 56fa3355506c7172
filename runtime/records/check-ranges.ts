import type { IssueParams } from '@tessera/platform/errors.js'
import { labelOf } from '@tessera/platform/label.js'
import type { FieldModel } from '@tessera/platform/model/model.js'
import { fnv } from '@tessera/platform/model/naming.js'
import type { RangeSet } from '@tessera/platform/model/sets.js'
import { isEmpty } from '@tessera/platform/records/check.js'
import type { Values } from '@tessera/platform/records/values.js'
import { join, name, nothing, param, sql } from '@tessera/platform/sql/sql.js'
import type { Entry } from './ledger.js'
import { rowsOf } from './run.js'
import { findOthers, inBoth, type SetCheck } from './set-check.js'

/** As many locks one range takes at most in one transaction; values that share one only wait for each other. */
const lockCount = 256

/** Checks that ranges do not cross or overlap, among each other and with stored ones; writers of one `per` wait for each other. */
export async function checkRange(range: RangeSet, check: SetCheck): Promise<void> {
  const { from, to, per } = range
  const said = check.entries.filter(({ change: { after } }) => !isEmpty(after[from.key]) || !isEmpty(after[to.key]))
  const crossed = new Set(said.filter(({ change }) => isCrossed(range, change.after)))
  for (const entry of crossed) check.complain(entry, [from, to], 'RANGE_CROSSED', { from: from.label, to: to.label })
  const entries = said.filter(entry => !crossed.has(entry) && per.every(field => !isEmpty(entry.change.after[field.key])))
  if (entries.length === 0) return
  await lock(range, entries, check)
  const others = await findOthers(check, entries, [from, to, ...per], overlapSql(range))
  const among = overlapsAmong(range, entries)
  entries.forEach((entry, index) => {
    const other = others.get(index)
    if (other !== undefined || among.has(entry)) check.complain(entry, [from, to], 'RANGE_OVERLAPS', overlapWords(range, other ?? ''))
  })
}

const keyOf = ({ per }: RangeSet, { change }: Entry): string => JSON.stringify(per.map(field => change.after[field.key] ?? null))

/** Locks in the order of their numbers, so that two writers never wait for each other in a circle. */
async function lock(range: RangeSet, entries: readonly Entry[], { client, context, object }: SetCheck): Promise<void> {
  const places = new Set(entries.map(entry => Number.parseInt(fnv(keyOf(range, entry)), 16) % lockCount))
  const names = [...places].sort((left, right) => left - right).map(at => `${context.schema}.${fnv(`${object.name}.${range.name}`)}.${at}`)
  await rowsOf(
    client,
    sql`select pg_advisory_xact_lock(hashtextextended(x.k, 0)) from unnest(${param(names)}::text[]) with ordinality as x(k, n)`,
    context,
  )
}

const isCrossed = ({ from, to, isEndIncluded }: RangeSet, after: Values): boolean => {
  if (isEmpty(after[from.key]) || isEmpty(after[to.key])) return false
  const order = from.class.compare(after[from.key], after[to.key])
  return isEndIncluded ? order > 0 : order >= 0
}

/** Another record `t` overlaps the values `v0` to `v1` of `x`; the others are those of `per`. */
function overlapSql({ from, to, per, isEndIncluded }: RangeSet) {
  const of = (field: FieldModel) => name('t', field.columns[0]?.name ?? '')
  const before = isEndIncluded ? sql`<=` : sql`<`
  const same = per.map((field, index) => sql`${of(field)} = ${name('x', `v${index + 2}`)} and `)
  return sql`${same.length > 0 ? join(same, ' ') : nothing}coalesce(${of(from)}, ${of(to)}) is not null
    and (x.v0 is null or ${of(to)} is null or x.v0 ${before} ${of(to)}) and (x.v1 is null or ${of(from)} is null or ${of(from)} ${before} x.v1)`
}

/** Those of some records that overlap one before them, by where they begin. */
export function overlapsAmong(range: RangeSet, entries: readonly Entry[]): ReadonlySet<Entry> {
  const { from, to, isEndIncluded } = range
  const groups = new Map<string, Entry[]>()
  for (const entry of entries) {
    const group = groups.get(keyOf(range, entry))
    if (group) group.push(entry)
    else groups.set(keyOf(range, entry), [entry])
  }
  const found = new Set<Entry>()
  for (const group of groups.values()) {
    const [first, ...rest] = group.toSorted((left, right) => compareStarts(range, left, right))
    let end = first?.change.after[to.key] ?? null
    for (const entry of rest) {
      const start = entry.change.after[from.key] ?? null
      const order = end === null || start === null ? -1 : from.class.compare(start, end)
      if (order < 0 || (order === 0 && isEndIncluded)) found.add(entry)
      const own = entry.change.after[to.key] ?? null
      end = end === null || own === null ? null : from.class.compare(own, end) > 0 ? own : end
    }
  }
  return found
}

function compareStarts({ from }: RangeSet, { change: left }: Entry, { change: right }: Entry): number {
  const [a, b] = [left.after[from.key] ?? null, right.after[from.key] ?? null]
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  return from.class.compare(a, b)
}

function overlapWords({ from, to, message }: RangeSet, other: string): IssueParams {
  const span = inBoth(locale =>
    locale === 'en'
      ? `${labelOf(from.label, 'en')} to ${labelOf(to.label, 'en')}`
      : `${labelOf(from.label, locale)}至${labelOf(to.label, locale)}`,
  )
  return {
    message:
      message ??
      (other === ''
        ? inBoth((_, text) => text(`${span.en} overlaps another record.`, `${span['zh-CN']}与另一条记录重叠。`))
        : inBoth((_, text) => text(`${span.en} overlaps “${other}”.`, `${span['zh-CN']}与「${other}」重叠。`))),
    hint: inBoth((_, text) => text('Choose a range that is free, or end the other one first.', '请选择空闲的区间，或先结束另一条记录。')),
  }
}
