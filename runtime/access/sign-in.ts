import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { Database } from '../database/database.js'
import type { Account } from '../database/entities/account.js'
import type { Workspace } from '../database/entities/workspace.js'
import { RequestError } from '../request-error.js'
import { accountOf, normalEmail, workspacesOf } from './accounts.js'
import { Attempts, signInLimits } from './attempts.js'
import { FailedSignIns } from './failed-sign-ins.js'
import { isPassword } from './passwords.js'
import { SecondFactor } from './second-factor.js'
import { type OpenedSession, Sessions } from './sessions.js'

export interface SignInInput {
  readonly email: string
  readonly password: string
  /** A code of the second factor, or a recovery code. */
  readonly code: string | null
  /** The slug of the wanted workspace; without it, the first one that the account belongs to. */
  readonly workspace: string | null
  /** The network address that asks. */
  readonly address: string
  readonly device: string | null
}

/** Checks e-mail, password and second factor. */
@Injectable()
export class SignIn {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(SecondFactor) private readonly secondFactor: SecondFactor,
    @Inject(FailedSignIns) private readonly failures: FailedSignIns,
  ) {}

  /**
   * Opens a session. Throws `UNAUTHENTICATED` alike for whatever of e-mail, password and workspace is wrong, and then for a second factor
   * that is missing or wrong; `RATE_LIMITED` after too many tries.
   */
  async signIn(input: SignInInput): Promise<OpenedSession> {
    let wanted: Workspace | undefined
    const account = await this.prove(input, async ({ id }) => {
      const workspaces = await workspacesOf(this.database, id)
      wanted = workspaces.find(({ slug }) => input.workspace === null || slug === input.workspace)
      return wanted !== undefined
    })
    return this.sessions.open(account.id, wanted?.id ?? '', { address: input.address, device: input.device, method: 'password' })
  }

  /**
   * Lets somebody show who they are, by password and second factor; every try counts.
   * @param isWelcome asked of who has the right password; no is answered as a wrong one
   */
  async prove(
    { email, password, code, address }: Pick<SignInInput, 'email' | 'password' | 'code' | 'address'>,
    isWelcome: (account: Account) => Promise<boolean>,
  ): Promise<Account> {
    const limits = signInLimits(normalEmail(email), address)
    await this.attempts.count(limits, 'password')
    const account = await accountOf(this.database, email)
    const fits = await isPassword(account && !account.disabledAt && !account.service ? account.passwordHash : null, password)
    const isIn = account !== null && fits && (await isWelcome(account))
    if (!isIn) {
      this.failures.tell(account, fits ? 'workspace' : 'password', address, 'password')
      throw new RequestError('UNAUTHENTICATED', [issue('SIGN_IN_FAILED', 'password')])
    }
    // who has not been asked for the code yet has not failed
    if (account.totpConfirmedAt && !code?.trim()) await this.attempts.giveBack(limits)
    await this.secondFactor.require(account, code).catch((error: unknown) => {
      if (code?.trim()) this.failures.tell(account, 'secondFactor', address, 'password')
      throw error
    })
    await this.attempts.forgive(limits)
    return account
  }
}
