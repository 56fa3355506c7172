import { Inject } from '@nestjs/common'
import { Args, Context, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql'
import { noteBy } from '../audit/by.js'
import { Database } from '../database/database.js'
import { Account } from '../database/entities/account.js'
import type { Caller } from './caller.js'
import { OwnPassword } from './own-password.js'
import type { PlatformContext } from './platform-context.js'
import { requirePerson } from './require.js'
import { SecondFactor } from './second-factor.js'
import { NewSecondFactor, SecondFactorInfo, SessionInfo } from './security.types.js'
import { Sessions } from './sessions.js'
import { WorkspaceSettingsStore } from './workspace-settings.js'

/** What people do about their own sign-in: password, sessions, second factor. */
@Resolver()
export class SecurityResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Sessions) private readonly openSessions: Sessions,
    @Inject(OwnPassword) private readonly passwords: OwnPassword,
    @Inject(SecondFactor) private readonly factors: SecondFactor,
    @Inject(WorkspaceSettingsStore) private readonly settings: WorkspaceSettingsStore,
  ) {}

  @Mutation(() => Boolean, { description: 'Sets a new password and ends all other sessions.' })
  async changePassword(
    @Args('current', { type: () => String }) current: string,
    @Args('password', { type: () => String }) password: string,
    @Context() { unfinished, request }: PlatformContext,
  ): Promise<boolean> {
    const caller = requirePerson(unfinished)
    const account = await this.proven(caller, current, request.ip, 'current')
    await this.passwords.check(account, password)
    await this.passwords.set(account, password, { keptSession: caller.credential.id, link: null, address: request.ip })
    return true
  }

  @Query(() => [SessionInfo], { description: 'Where you are signed in.' })
  async sessions(@Context('caller') asking: Caller | null): Promise<SessionInfo[]> {
    const { account, credential } = requirePerson(asking)
    return (await this.openSessions.list(account.id)).map(session => ({ ...session, current: session.id === credential.id }))
  }

  @Mutation(() => Boolean, { description: 'Ends one of your sessions; false when there is none of this id.' })
  async revokeSession(@Args('id', { type: () => ID }) id: string, @Context() { caller, request }: PlatformContext): Promise<boolean> {
    const { account } = requirePerson(caller)
    return isUuid(id) && this.openSessions.revoke(account.id, id, request.ip)
  }

  @Mutation(() => Int, { description: 'Ends all your sessions but this one; gives how many.' })
  revokeOtherSessions(@Context() { caller, request }: PlatformContext): Promise<number> {
    const { account, credential } = requirePerson(caller)
    return this.openSessions.endAll(account.id, credential.id, { address: request.ip, why: 'asked' })
  }

  @Query(() => SecondFactorInfo)
  async secondFactor(@Context('unfinished') asking: Caller | null): Promise<SecondFactorInfo> {
    const caller = requirePerson(asking)
    const { totpConfirmedAt } = await this.accountOf(caller)
    const { secondFactor, secondFactorRoles } = await this.settings.read(caller.workspace.id)
    return {
      active: totpConfirmedAt !== null,
      required: secondFactor || secondFactorRoles.some(role => caller.roles.includes(role)),
      recoveryCodesLeft: await this.factors.recoveryLeft(caller.account.id),
    }
  }

  @Mutation(() => NewSecondFactor, {
    description: 'A secret for an app for codes; it counts once `confirmSecondFactor` brought a code of it.',
  })
  async beginSecondFactor(
    @Args('password', { type: () => String, defaultValue: '' }) password: string,
    @Context() { unfinished, request }: PlatformContext,
  ): Promise<NewSecondFactor> {
    return this.factors.begin(await this.proven(requirePerson(unfinished), password, request.ip))
  }

  @Mutation(() => [String], { description: 'Gives the recovery codes, which are shown only now.' })
  async confirmSecondFactor(
    @Args('code', { type: () => String }) code: string,
    @Context() { unfinished, request }: PlatformContext,
  ): Promise<string[]> {
    const caller = requirePerson(unfinished)
    const codes = await this.factors.confirm(await this.accountOf(caller), code)
    await this.database.source.transaction(async manager => {
      await this.openSessions.endAll(caller.account.id, caller.credential.id, { address: request.ip, why: 'secondFactor' }, manager)
      await noteBy(manager, caller, { kind: 'signIn', action: 'secondFactorOn', address: request.ip })
    })
    return codes
  }

  @Mutation(() => [String], { description: 'New recovery codes, shown only now; the earlier ones are worth nothing.' })
  async renewRecoveryCodes(
    @Args('password', { type: () => String, defaultValue: '' }) password: string,
    @Context() { caller, request }: PlatformContext,
  ): Promise<string[]> {
    return this.factors.renewRecovery(await this.proven(requirePerson(caller), password, request.ip))
  }

  @Mutation(() => Boolean, { description: 'Takes the second factor away.' })
  async removeSecondFactor(
    @Args('password', { type: () => String, defaultValue: '' }) password: string,
    @Args('code', { type: () => String }) code: string,
    @Context() { caller, request }: PlatformContext,
  ): Promise<boolean> {
    const person = requirePerson(caller)
    const account = await this.proven(person, password, request.ip)
    await this.passwords.proveByCode(account, code, request.ip)
    await this.database.source.transaction(async manager => {
      await this.factors.remove(account.id, manager)
      await this.openSessions.endAll(account.id, person.credential.id, { address: request.ip, why: 'secondFactor' }, manager)
      await noteBy(manager, person, { kind: 'signIn', action: 'secondFactorOff', address: request.ip })
    })
    return true
  }

  private accountOf({ account }: Caller): Promise<Account> {
    return this.database.source.getRepository(Account).findOneByOrFail({ id: account.id })
  }

  private async proven(caller: Caller, password: string, address: string, path = 'password'): Promise<Account> {
    const account = await this.accountOf(caller)
    await this.passwords.prove(account, password, address, path)
    return account
  }
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
