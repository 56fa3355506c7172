import { issue } from '@tessera/platform/errors.js'
import type { FieldModel, ObjectModel, RollupModel } from '@tessera/platform/model/model.js'
import { asker } from '@tessera/platform/query/asker.js'
import { column } from '@tessera/platform/query/source.js'
import { converted, convertedSql, type RateAsked, type Rates, ratesSql } from '@tessera/platform/records/rates.js'
import type { Contribution } from '@tessera/platform/records/rollups.js'
import type { Values } from '@tessera/platform/records/values.js'
import { name, type Sql, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import type { Propagation, Shift } from './propagation.js'
import { rowsOf } from './run.js'
import type { WriteContext } from './write-context.js'

/** Contributions in the currency of the parent that they go to; what has no rate is an issue and counts as nothing. */
type Exchange = (contributions: readonly Contribution[], parent: Values, row: number) => readonly Contribution[]

/** The exchange for a rollup's contributions, with the rates read that they need. */
export async function exchangeOf(
  field: FieldModel,
  rollup: RollupModel,
  shifts: ReadonlyMap<string, Shift>,
  after: ReadonlyMap<string, readonly Contribution[]>,
  present: ReadonlyMap<string, Values>,
  { client, context, ledger, issues }: Propagation,
): Promise<Exchange> {
  if (!rollup.money) return contributions => contributions
  const all = [...[...shifts.values()].flatMap(({ left, came }) => [...left, ...came]), ...[...after.values()].flat()]
  const parents = [
    ...present.values(),
    ...[...ledger.values()].flatMap(({ change }) => (change.object.name === field.object ? [change.after] : [])),
  ]
  const targets = new Set(parents.map(values => currencyOf(field, values, context)))
  const asked = all.flatMap(({ money }) =>
    money ? [money.currency ?? context.currency, ...targets].map(currency => ({ currency, day: money.day })) : [],
  )
  const rates = await ratesOf(client, asked, context)
  return (contributions, parent, row) =>
    contributions.map(one =>
      exchanged(one, currencyOf(field, parent, context), rates, context, missing => {
        const isOwn = ledger.has(`${rollup.object} ${one.id}`)
        issues.push({ row, id: null, issue: issue('RATE_MISSING', isOwn ? (rollup.field ?? '') : '', { ...missing }) })
      }),
    )
}

/** The currency that a record's rollup stands in. */
export const currencyOf = ({ currency }: FieldModel, values: Values, context: Pick<WriteContext, 'currency'>): string =>
  currency?.from === 'record' ? String(values[currency.column.key] ?? context.currency) : context.currency

function exchanged(
  one: Contribution,
  to: string,
  rates: Rates,
  context: WriteContext,
  complain: (missing: RateAsked) => void,
): Contribution {
  if (!one.money || one.value === null) return one
  const from: RateAsked = { currency: one.money.currency ?? context.currency, day: one.money.day }
  const value = converted(String(one.value), from, to, rates)
  if (value === null) complain({ currency: rates(from) === null ? from.currency : to, day: from.day })
  return { ...one, value }
}

async function ratesOf(client: Queryable, asked: readonly RateAsked[], context: WriteContext): Promise<Rates> {
  const needed = [
    ...new Map(asked.filter(({ currency }) => currency !== context.currency).map(one => [`${one.currency} ${one.day}`, one])).values(),
  ]
  const rows =
    needed.length === 0 ? [] : await rowsOf<{ currency: string; day: string; rate: string | null }>(client, ratesSql(needed), context)
  const known = new Map(rows.map(({ currency, day, rate }) => [`${currency} ${day}`, rate]))
  return ({ currency, day }) => (currency === context.currency ? '1' : (known.get(`${currency} ${day}`) ?? null))
}

/** The amount of a child `t` in the currency of the parent `p`, as SQL. */
export function amountSql(money: NonNullable<RollupModel['money']>, amount: FieldModel, child: ObjectModel): Sql {
  const base = sql`${asker.currency}::text`
  const childColumn = Object.values(child.fields)
    .flatMap(({ columns }) => columns)
    .find(({ key }) => key === money.currency)
  const day = child.fields[money.day]
  const stored = day ? column(day, 't') : sql`null`
  const created = sql`(t.created_at at time zone ${asker.timeZone}::text)::date`
  const on = day?.class.name === 'date' ? stored : sql`(${stored} at time zone ${asker.timeZone}::text)::date`
  return convertedSql(
    column(amount, 't'),
    childColumn ? sql`coalesce(${name('t', childColumn.name)}, ${base})` : base,
    sql`coalesce(${on}, ${created})`,
    sql`p.currency`,
  )
}
