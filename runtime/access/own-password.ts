import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { note } from '../audit/entry.js'
import { Database } from '../database/database.js'
import { Account } from '../database/entities/account.js'
import { schemaOf } from '../database/schema.js'
import { RequestError } from '../request-error.js'
import { passwordRulesOf, workspacesOf } from './accounts.js'
import { Attempts, accountLimit, addressLimit } from './attempts.js'
import { checkPassword } from './password-policy.js'
import { hashPassword, isPassword } from './passwords.js'
import { SecondFactor } from './second-factor.js'
import { Sessions } from './sessions.js'

/** How a password comes to be set. */
interface PasswordSetting {
  /** The session that goes on. */
  readonly keptSession: string | null
  /** The hash of the link by which it is set; null for who is signed in. */
  readonly link: string | null
  readonly address: string
}

/** What people do with their own password once they are signed in. */
@Injectable()
export class OwnPassword {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(SecondFactor) private readonly factors: SecondFactor,
  ) {}

  /**
   * Lets whoever holds a session show that they are the person: an account without a password has nothing to show.
   * Throws `VALIDATION_FAILED` for a wrong password, `RATE_LIMITED` after too many.
   */
  async prove(account: Account, password: string, address: string, path = 'password'): Promise<void> {
    if (account.passwordHash === null) return
    const limits = [accountLimit(account.email), addressLimit(address)]
    await this.attempts.count(limits, path)
    if (!(await isPassword(account.passwordHash, password))) throw new RequestError('VALIDATION_FAILED', [issue('PASSWORD_WRONG', path)])
    await this.attempts.giveBack(limits)
  }

  /** The same by a code of the second factor. */
  async proveByCode(account: Account, code: string, address: string): Promise<void> {
    const limits = [accountLimit(account.email), addressLimit(address)]
    await this.attempts.count(limits, 'code')
    if (!(await this.factors.takes(account, code))) throw new RequestError('VALIDATION_FAILED', [issue('SECOND_FACTOR_WRONG', 'code')])
    await this.attempts.giveBack(limits)
  }

  /** Whether this can be the new password of an account. Throws `VALIDATION_FAILED` with all issues. */
  async check(account: Account, password: string): Promise<void> {
    const issues = checkPassword(password, await passwordRulesOf(this.database, account))
    if (issues.length === 0 && (await isPassword(account.passwordHash, password))) issues.push(issue('PASSWORD_SAME', 'password'))
    if (issues.length > 0) throw new RequestError('VALIDATION_FAILED', issues)
  }

  /**
   * Sets a password that was checked, of an account that was proven, and ends all its sessions but the named one; the logs of its
   * workspaces tell it. Throws `NOT_FOUND` when it is set by a link that somebody used meanwhile.
   */
  async set(account: Account, password: string, { keptSession, link, address }: PasswordSetting): Promise<void> {
    const passwordHash = await hashPassword(password)
    const workspaces = await workspacesOf(this.database, account.id)
    await this.database.source.transaction(async manager => {
      const [, used]: [unknown, number] = await manager.query('delete from tessera.password_reset where token_hash = $1', [link])
      if (link !== null && used !== 1) throw new RequestError('NOT_FOUND', [issue('LINK_USED', '')])
      await manager.query('delete from tessera.password_reset where account_id = $1', [account.id])
      await manager.update(Account, { id: account.id }, { passwordHash, passwordChangedAt: new Date(), mustChangePassword: false })
      const entry = {
        kind: 'signIn',
        action: link === null ? 'passwordChanged' : 'passwordReset',
        actor: null,
        account: account.id,
      } as const
      for (const { slug } of workspaces) await note(manager, schemaOf(slug), { ...entry, address })
      await this.sessions.endAll(account.id, keptSession, { address, why: 'password' }, manager)
    })
  }
}
