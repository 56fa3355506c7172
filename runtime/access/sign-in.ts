import { Inject, Injectable } from '@nestjs/common'
import { issue } from '@tessera/platform/errors.js'
import { Database } from '../database/database.js'
import { RequestError } from '../request-error.js'
import { accountOf, normalEmail, workspacesOf } from './accounts.js'
import { Attempts, signInLimits } from './attempts.js'
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
  ) {}

  /**
   * Opens a session. Throws `UNAUTHENTICATED` alike for whatever of e-mail, password and workspace is wrong, and then for a second factor
   * that is missing or wrong; `RATE_LIMITED` after too many tries.
   */
  async signIn(input: SignInInput): Promise<OpenedSession> {
    const limits = signInLimits(normalEmail(input.email), input.address)
    await this.attempts.count(limits, 'password')
    const account = await accountOf(this.database, input.email)
    const fits = await isPassword(account && !account.disabledAt && !account.service ? account.passwordHash : null, input.password)
    const workspaces = account && fits ? await workspacesOf(this.database, account.id) : []
    const workspace = workspaces.find(({ slug }) => input.workspace === null || slug === input.workspace)
    if (!account || !workspace) throw new RequestError('UNAUTHENTICATED', [issue('SIGN_IN_FAILED', 'password')])
    // who has not been asked for the code yet has not failed
    if (account.totpConfirmedAt && !input.code?.trim()) await this.attempts.giveBack(limits)
    await this.secondFactor.require(account, input.code)
    await this.attempts.forgive(limits)
    return this.sessions.open(account.id, workspace.id, { address: input.address, device: input.device, method: 'password' })
  }
}
