import { createHash } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { Database } from '../database/database.js'
import { Account } from '../database/entities/account.js'
import { SignInAttempt } from '../database/entities/sign-in-attempt.js'
import { Workspace } from '../database/entities/workspace.js'
import { RequestError } from '../request-error.js'
import { isPassword } from './passwords.js'
import { Sessions } from './sessions.js'

const mostFailures = 10
const windowMinutes = 15

export interface SignInInput {
  readonly email: string
  readonly password: string
  /** The slug of the wanted workspace; without it, the first one that the account belongs to. */
  readonly workspace: string | null
  /** The network address that asks. */
  readonly address: string
}

/** Checks e-mail and password; failures from one address are counted in the database, so on all nodes together. */
@Injectable()
export class SignIn {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  /** Gives the token of a new session. Throws `UNAUTHENTICATED`, or `RATE_LIMITED` after ten failures in a quarter of an hour. */
  async signIn(input: SignInInput): Promise<string> {
    const email = normalEmail(input.email)
    const key = createHash('sha256').update(`${email} ${input.address}`).digest('hex')
    await this.requireCalm(key)
    const account = await this.database.source.getRepository(Account).findOneBy({ email })
    const fits = await isPassword(account?.disabledAt ? null : (account?.passwordHash ?? null), input.password)
    const workspace = account && fits ? await this.workspaceOf(account.id, input.workspace) : null
    if (!account || !workspace) {
      await this.database.source.query(countFailure, [key, windowMinutes])
      throw new RequestError('UNAUTHENTICATED', [issue('SIGN_IN_FAILED', 'password')])
    }
    await this.database.source.getRepository(SignInAttempt).delete({ key })
    return this.sessions.open(account.id, workspace.id)
  }

  private async requireCalm(key: string): Promise<void> {
    const attempt = await this.database.source.getRepository(SignInAttempt).findOneBy({ key })
    if (!attempt || attempt.failures < mostFailures) return
    const minutes = Math.ceil((attempt.since.getTime() + windowMinutes * 60_000 - Date.now()) / 60_000)
    if (minutes > 0) throw new RequestError('RATE_LIMITED', [issue('SIGN_IN_LIMITED', 'password', { minutes })])
  }

  private async workspaceOf(accountId: string, slug: string | null): Promise<Workspace | null> {
    return this.database.source
      .getRepository(Workspace)
      .createQueryBuilder('workspace')
      .innerJoin('membership', 'membership', 'membership.workspace_id = workspace.id and membership.account_id = :accountId', { accountId })
      .where(slug === null ? 'true' : 'workspace.slug = :slug', { slug })
      .orderBy('membership.created_at')
      .getOne()
  }
}

/** E-mail addresses are compared without case and space around. */
export const normalEmail = (email: string): string => email.trim().toLowerCase()

const countFailure = `
  insert into tessera.sign_in_attempt as a (key, failures, since) values ($1, 1, now())
  on conflict (key) do update set
    failures = case when a.since < now() - $2 * interval '1 minute' then 1 else a.failures + 1 end,
    since = case when a.since < now() - $2 * interval '1 minute' then now() else a.since end`
