import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { localeOf } from '@tessera/platform/label.js'
import type { EntityManager } from 'typeorm'
import { accountOf, normalEmail, workspacesOf } from '../access/accounts.js'
import { Attempts, addressLimit, mailLimits } from '../access/attempts.js'
import { OwnPassword } from '../access/own-password.js'
import { hashToken, newToken } from '../access/tokens.js'
import { note } from '../audit/entry.js'
import { Database } from '../database/database.js'
import { Account } from '../database/entities/account.js'
import { schemaOf } from '../database/schema.js'
import { Mailer } from '../mail/mailer.js'
import { RequestError } from '../request-error.js'
import { mailOf } from './mails.js'
import type { Handed } from './members.types.js'

/** New passwords for who forgot theirs: by a link that works once and not for long. */
@Injectable()
export class PasswordResets {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(OwnPassword) private readonly passwords: OwnPassword,
  ) {}

  /** Sends a link to who is known; what is answered, and when, does not tell whether anybody is. Throws `RATE_LIMITED`. */
  async request(email: string, address: string): Promise<void> {
    await this.attempts.count(mailLimits(normalEmail(email), address), 'email')
    if (this.mailer.isOn) this.mailer.later(() => this.sendTo(email, address))
  }

  /** The secret of a new link for an account, inside the transaction of why it is made; links before it are worth nothing. */
  async make(account: Account, hours: number, within: EntityManager): Promise<string> {
    const token = newToken()
    await within.query('delete from tessera.password_reset where expires_at < now() or account_id = $1', [account.id])
    await within.query(
      `insert into tessera.password_reset (token_hash, account_id, created_at, expires_at) values ($1, $2, now(), now() + $3 * interval '1 hour')`,
      [hashToken(token), account.id, hours],
    )
    return token
  }

  /** Gives a link away: by mail, or to be handed over. */
  async hand(account: Account, token: string, hours: number): Promise<Handed> {
    const link = this.mailer.linkTo('/sign-in/reset', token)
    const [workspace] = await workspacesOf(this.database, account.id)
    const given = { name: account.name, workspace: workspace?.name ?? '', by: '', link, hours }
    const isMailed = this.mailer.isOn && (await this.mailer.send(mailOf('reset', localeOf(account.locale), account.email, given)))
    return { mailed: isMailed, link: isMailed ? null : link }
  }

  /** Sets the password of who holds a link, and ends all sessions. Throws `NOT_FOUND` for a link that is used or too old, `VALIDATION_FAILED`. */
  async reset(token: string, password: string, address: string): Promise<void> {
    const limits = [addressLimit(address)]
    await this.attempts.count(limits, 'token')
    const { rows } = await this.database.pool.query<{ account_id: string }>(
      'select account_id from tessera.password_reset where token_hash = $1 and expires_at > now()',
      [hashToken(token)],
    )
    const account = rows[0] && (await this.database.source.getRepository(Account).findOneBy({ id: rows[0].account_id }))
    if (!account) throw used()
    await this.attempts.giveBack(limits)
    await this.passwords.check(account, password)
    await this.passwords.set(account, password, { keptSession: null, link: hashToken(token), address })
  }

  private async sendTo(email: string, address: string): Promise<void> {
    const account = await accountOf(this.database, email)
    if (!account || account.disabledAt || account.service) return
    const workspaces = await workspacesOf(this.database, account.id)
    const token = await this.database.source.transaction(async manager => {
      // whoever asked is not known
      const entry = { kind: 'signIn', action: 'resetAsked', actor: null, address, data: { account: account.email } } as const
      for (const { slug } of workspaces) await note(manager, schemaOf(slug), entry)
      return this.make(account, 1, manager)
    })
    await this.hand(account, token, 1)
  }
}

const used = () => new RequestError('NOT_FOUND', [issue('LINK_USED', '')])
