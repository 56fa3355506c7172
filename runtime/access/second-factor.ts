import { randomInt } from 'node:crypto'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { Secret, TOTP } from 'otpauth'
import type { EntityManager } from 'typeorm'
import { Database } from '../database/database.js'
import { Account } from '../database/entities/account.js'
import { RequestError } from '../request-error.js'
import { Sealer } from './sealer.js'
import { hashToken } from './tokens.js'
import { WhoAsks } from './who-asks.js'

const issuer = 'Tessera'
const period = 30
/** Codes of the step before and after are taken: clocks differ. */
const tolerance = 1
const recoveryCodes = 10
/** Without letters and digits that look alike. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** What an app for codes is set up with. */
export interface NewSecret {
  readonly secret: string
  /** For the QR code. */
  readonly uri: string
}

/** Codes by time (RFC 6238) as a second factor, and recovery codes for when the phone is gone. */
@Injectable()
export class SecondFactor {
  private readonly log = new Logger('second factor')

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Sealer) private readonly sealer: Sealer,
    @Inject(WhoAsks) private readonly whoAsks: WhoAsks,
  ) {}

  private get accounts() {
    return this.database.source.getRepository(Account)
  }

  /** A new secret, which counts from the first code on. Throws `CONFLICT` when there is one that counts. */
  async begin(account: Account): Promise<NewSecret> {
    if (account.totpConfirmedAt) throw new RequestError('CONFLICT', [issue('SECOND_FACTOR_PRESENT', '')])
    const secret = new Secret({ size: 20 })
    await this.database.pool.query(
      'update tessera.account set totp_secret = $2, totp_step = null where id = $1 and totp_confirmed_at is null',
      [account.id, this.sealer.seal(secret.base32, account.id)],
    )
    return { secret: secret.base32, uri: totpOf(secret.base32, account.email).toString() }
  }

  /** Confirms the secret by its first code; gives the recovery codes, which are known only now. Throws `VALIDATION_FAILED` for a wrong code. */
  async confirm(account: Account, code: string): Promise<string[]> {
    if (account.totpConfirmedAt) throw new RequestError('CONFLICT', [issue('SECOND_FACTOR_PRESENT', '')])
    if (!(await this.take(account, code))) throw wrong('VALIDATION_FAILED')
    await this.accounts.update({ id: account.id }, { totpConfirmedAt: new Date() })
    this.whoAsks.forget()
    return this.renewRecovery(account)
  }

  /** New recovery codes, known only now; the earlier ones are worth nothing. */
  async renewRecovery(account: Account): Promise<string[]> {
    const codes = Array.from({ length: recoveryCodes }, newRecoveryCode)
    await this.database.source.transaction(async manager => {
      await manager.query('delete from tessera.recovery_code where account_id = $1', [account.id])
      await manager.query('insert into tessera.recovery_code (account_id, code_hash) select $1, unnest($2::text[])', [
        account.id,
        codes.map(code => hashToken(plainCode(code))),
      ])
    })
    return codes
  }

  /** How many recovery codes are left. */
  async recoveryLeft(accountId: string): Promise<number> {
    const { rows } = await this.database.pool.query<{ count: number }>(
      'select count(*)::integer as count from tessera.recovery_code where account_id = $1',
      [accountId],
    )
    return rows[0]?.count ?? 0
  }

  /** Takes the second factor away, inside the transaction of what else is done to the account. */
  async remove(accountId: string, within: EntityManager): Promise<void> {
    await within.query('update tessera.account set totp_secret = null, totp_confirmed_at = null, totp_step = null where id = $1', [
      accountId,
    ])
    await within.query('delete from tessera.recovery_code where account_id = $1', [accountId])
    this.whoAsks.forget()
  }

  /**
   * Uses up a code of the app or a recovery code, where the account has a second factor.
   * Throws `UNAUTHENTICATED`: `SECOND_FACTOR_NEEDED` without a code, `SECOND_FACTOR_WRONG` for one that is wrong or was used.
   */
  async require(account: Account, code: string | null): Promise<void> {
    if (!account.totpConfirmedAt) return
    if (!code?.trim()) throw new RequestError('UNAUTHENTICATED', [issue('SECOND_FACTOR_NEEDED', 'code')])
    if (!(await this.takes(account, code))) throw wrong('UNAUTHENTICATED')
  }

  /** Uses up a code of the app or a recovery code; false for one that is wrong or was used. */
  async takes(account: Account, code: string): Promise<boolean> {
    return account.totpConfirmedAt !== null && ((await this.take(account, code)) || (await this.takeRecovery(account, code)))
  }

  /** A code counts once: its step and all before are used up in the same moment. */
  private async take(account: Account, code: string): Promise<boolean> {
    const token = code.replaceAll(/\s/g, '')
    const stored = account.totpSecret
    if (!stored || !/^\d{6}$/.test(token)) return false
    const secret = this.sealer.open(stored, account.id)
    if (secret === null) {
      this.log.error(
        `No secret of this node opens the second factor of account ${account.id}; TESSERA_SECRET has to name the one that it was sealed with`,
      )
      return false
    }
    const delta = totpOf(secret, account.email).validate({ token, window: tolerance })
    if (delta === null) return false
    const step = Math.floor(Date.now() / 1000 / period) + delta
    // what an older secret sealed, or none, is sealed anew on the way
    const kept = this.sealer.isCurrent(stored) ? stored : this.sealer.seal(secret, account.id)
    const { rowCount } = await this.database.pool.query(
      'update tessera.account set totp_step = $2, totp_secret = $4 where id = $1 and totp_secret = $3 and (totp_step is null or totp_step < $2)',
      [account.id, step, stored, kept],
    )
    return rowCount === 1
  }

  private async takeRecovery(account: Account, code: string): Promise<boolean> {
    const { rowCount } = await this.database.pool.query('delete from tessera.recovery_code where account_id = $1 and code_hash = $2', [
      account.id,
      hashToken(plainCode(code)),
    ])
    return rowCount === 1
  }
}

const wrong = (code: 'UNAUTHENTICATED' | 'VALIDATION_FAILED') => new RequestError(code, [issue('SECOND_FACTOR_WRONG', 'code')])

const totpOf = (secret: string, email: string): TOTP =>
  new TOTP({ issuer, label: email, secret: Secret.fromBase32(secret), period, digits: 6, algorithm: 'SHA1' })

const newRecoveryCode = (): string =>
  Array.from({ length: 16 }, () => letters[randomInt(letters.length)])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-')

const plainCode = (code: string): string => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
