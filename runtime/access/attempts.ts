import { createHash } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { Database } from '../database/database.js'
import { RequestError } from '../request-error.js'
import { networkOf } from './networks.js'

/** How often something may be tried within a time. */
export interface Limit {
  readonly of: string
  readonly most: number
  readonly minutes: number
}

const minutes = 15

/** What guessing the password of an account runs into: by one network, by all of them, and one network at many accounts. */
export const signInLimits = (email: string, address: string): readonly Limit[] => [
  { of: `pair ${email} ${networkOf(address)}`, most: 10, minutes },
  accountLimit(email),
  addressLimit(address),
]

/** Guessing at one account from wherever. */
export const accountLimit = (email: string): Limit => ({ of: `account ${email}`, most: 50, minutes })

/** Guessing from one network at whatever. */
export const addressLimit = (address: string): Limit => ({ of: `address ${networkOf(address)}`, most: 100, minutes })

/** Asking for mails to one person. */
export const mailLimits = (email: string, address: string): readonly Limit[] => [
  { of: `mail ${email}`, most: 5, minutes: 60 },
  { of: `mails ${networkOf(address)}`, most: 30, minutes: 60 },
]

/** Counts tries in the database, so for all nodes together and over a restart. */
@Injectable()
export class Attempts {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Counts a try before it is looked at, so that many at once are as limited as one after the other.
   * Throws `RATE_LIMITED`, with the minutes to wait, when a limit is used up.
   */
  async count(limits: readonly Limit[], path: string): Promise<void> {
    const { rows } = await this.database.pool.query<{ key: string; failures: number; left: number }>(countAll, [
      limits.map(keyOf),
      limits.map(limit => limit.minutes),
    ])
    const waits = limits.flatMap(limit => {
      const row = rows.find(({ key }) => key === keyOf(limit))
      return row && row.failures > limit.most ? [row.left] : []
    })
    if (waits.length > 0) throw new RequestError('RATE_LIMITED', [issue('SIGN_IN_LIMITED', path, { minutes: Math.max(1, ...waits) })])
  }

  /** Takes a counted try back, which was none. */
  async giveBack(limits: readonly Limit[]): Promise<void> {
    await this.database.pool.query('update tessera.sign_in_attempt set failures = failures - 1 where key = any($1) and failures > 0', [
      limits.map(keyOf),
    ])
  }

  /** After a success: what was counted of this account is forgotten; a network only gets this one try back. */
  async forgive(limits: readonly Limit[]): Promise<void> {
    const isOwn = ({ of }: Limit) => !of.startsWith('address ')
    await this.giveBack(limits.filter(limit => !isOwn(limit)))
    await this.database.pool.query('delete from tessera.sign_in_attempt where key = any($1)', [limits.filter(isOwn).map(keyOf)])
  }

  /** Forgets what no limit asks for any more. */
  async sweep(): Promise<void> {
    await this.database.pool.query(`delete from tessera.sign_in_attempt where since < now() - interval '1 day'`)
  }
}

const keyOf = ({ of }: Limit): string => createHash('sha256').update(of).digest('hex')

const countAll = `
  insert into tessera.sign_in_attempt as a (key, failures, since)
    select key, 1, now() from unnest($1::text[], $2::integer[]) as limits (key, minutes) order by key
  on conflict (key) do update set
    failures = case when a.since < now() - (select minutes from unnest($1::text[], $2::integer[]) as l (k, minutes) where k = a.key limit 1) * interval '1 minute' then 1 else least(a.failures + 1, 1000000) end,
    since = case when a.since < now() - (select minutes from unnest($1::text[], $2::integer[]) as l (k, minutes) where k = a.key limit 1) * interval '1 minute' then now() else a.since end
  returning key, failures,
    ceil(extract(epoch from since - now()) / 60 + (select minutes from unnest($1::text[], $2::integer[]) as l (k, minutes) where k = a.key limit 1))::integer as left`
