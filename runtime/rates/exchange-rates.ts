import { Inject, Injectable } from '@nestjs/common'
import { type Issue, issue } from '@tessera/platform/errors.js'
import { currency } from '@tessera/platform/fields/currency.js'
import { date } from '@tessera/platform/fields/date.js'
import { decimal } from '@tessera/platform/fields/decimal.js'
import { sql, workspaceTable } from '@tessera/platform/sql/sql.js'
import { Database } from '../database/database.js'
import { rowsIn } from '../database/rows-in.js'
import { inTransaction } from '../database/transaction.js'
import { Finisher } from '../publishing/finisher.js'
import { addFills } from '../publishing/jobs.js'
import { Models } from '../publishing/models.js'
import { RequestError } from '../request-error.js'

/** What one unit of a currency is worth in the workspace's currency, from a day on. */
export interface Rate {
  readonly currency: string
  readonly day: string
  readonly rate: string
}

const most = 1_000

/** The exchange rates of a workspace. */
@Injectable()
export class ExchangeRates {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Models) private readonly models: Models,
    @Inject(Finisher) private readonly finisher: Finisher,
  ) {}

  /** The newest rates first. */
  list(schema: string, first: number): Promise<Rate[]> {
    return rowsIn<Rate & Record<string, unknown>>(
      this.database.pool,
      schema,
      sql`select currency, to_char(day, 'YYYY-MM-DD') as day, trim_scale(rate)::text as rate from ${workspaceTable('_rate')} order by day desc, currency limit ${Math.min(Math.max(first, 0), most)}`,
    )
  }

  /**
   * Sets rates; those of the same currency and day are replaced. What was converted by them is computed anew afterwards.
   * @param base the workspace's currency, whose own rate is always 1
   * Throws `VALIDATION_FAILED` with every issue.
   */
  async set(schema: string, base: string, rates: readonly Rate[]): Promise<void> {
    const issues = rates.flatMap((rate, index) => issuesOf(rate, base, `rates/${index}`))
    if (rates.length > most) issues.push(issue('SETTING_INVALID', 'rates', { value: String(rates.length), expected: `1–${most}` }))
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
    const last = [...new Map(rates.map(rate => [`${rate.currency} ${rate.day}`, rate])).values()]
    const { model, version } = await this.models.current(schema)
    const fills = model.computed.filter(({ object, field }) => model.objects[object]?.fields[field]?.rollup?.money)
    await inTransaction(this.database.pool, async client => {
      await rowsIn(
        client,
        schema,
        sql`insert into ${workspaceTable('_rate')} (currency, day, rate)
            select * from unnest(${last.map(one => one.currency)}::text[], ${last.map(one => one.day)}::date[], ${last.map(one => one.rate)}::numeric[])
            on conflict (currency, day) do update set rate = excluded.rate`,
      )
      await addFills(client, schema, version, fills)
    })
    if (fills.length > 0) this.finisher.kick(schema)
  }
}

function issuesOf({ currency: code, day, rate }: Rate, base: string, path: string): Issue[] {
  const isRate = 'value' in decimal.parse(rate, { type: 'decimal', precision: 20, scale: 10 }) && Number(rate) > 0
  return [
    ...('value' in currency.parse(code, { type: 'currency' }) && code !== '' && code !== base
      ? []
      : [issue('SETTING_INVALID', `${path}/currency`, { value: code, expected: 'ISO 4217' })]),
    ...('value' in date.parse(day, { type: 'date' }) && day !== ''
      ? []
      : [issue('SETTING_INVALID', `${path}/day`, { value: day, expected: 'YYYY-MM-DD' })]),
    ...(isRate ? [] : [issue('SETTING_INVALID', `${path}/rate`, { value: rate, expected: '> 0' })]),
  ]
}
